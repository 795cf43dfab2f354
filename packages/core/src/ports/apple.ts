import type { Asset, Assignment } from '../domain/asset.ts';
import type { MdmInfo } from '../domain/claim.ts';
import type { Instant } from '../domain/instant.ts';
import type { Abort } from './abort.ts';

export interface ClientConfig {
  uId: string;
  locationName: string | null;
  country: string | null;
  defaultPlatform: string | null;
  websiteUrl: string | null;
  expiresAt: Instant | null;
  mdmInfo: MdmInfo | null;
}

/** What only Apple's older service knows. */
export interface Account {
  appleId: string | null;
  email: string | null;
  appleOrganizationId: string | null;
}

export interface AssetMetadata {
  adamId: string;
  name: string | null;
  bundleId: string | null;
  iconUrl: string | null;
}

/** How hard to try: `quick` asks once and waits briefly, for a person in front of a window; `patient` retries. */
export type Effort = 'quick' | 'patient';

/** One location, opened with one content token. Every method throws AppleFailureError, and nothing else of Apple's. */
export interface AppleLocation {
  clientConfig(effort: Effort, signal?: Abort): Promise<ClientConfig>;
  /** Best effort: null when the older service does not answer, whatever the reason. */
  account(signal?: Abort): Promise<Account | null>;
  /**
   * All assets, of one version. `told` hears how many are read so far, and may hear a smaller number again: when the data
   * moves, reading starts anew.
   */
  assets(
    effort: Effort,
    told: (done: number, expected: number | null) => Promise<void>,
    signal?: Abort,
  ): Promise<Asset[]>;
  /** Every assignment at least once; a row may come again. Throws when the data moved too quickly to be sure. */
  assignmentPages(signal?: Abort): AsyncIterable<readonly Assignment[]>;
  metadata(
    adamIds: readonly string[],
    country: string | null,
    platform: string | null,
    signal?: Abort,
  ): Promise<AssetMetadata[]>;
  /** Writes our claim. Never repeated blindly: after a lost answer the next reading tells. */
  claim(info: MdmInfo, signal?: Abort): Promise<void>;
  /** Takes our claim back; true when Apple afterwards no longer shows it. */
  releaseClaim(installationId: string, signal?: Abort): Promise<boolean>;
  /** Requests sent to Apple through this object, repeats counted. */
  readonly requests: number;
}

export interface Apple {
  /** Sends nothing. `uId` names the limiter to share with everything else that reads this location. */
  open(contentToken: string, uId: string | null): AppleLocation;
}
