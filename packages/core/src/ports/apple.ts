import type { AppleFailure } from '../domain/apple-failure.ts';
import type { ShownHook } from '../domain/hooks/hook.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetName, Assignment, SaidAsset } from '../domain/licenses/asset.ts';
import type { AssetReading } from '../domain/licenses/reading.ts';
import type { ListedPage } from '../domain/list-evidence.ts';
import type { MdmInfo } from '../domain/locations/claim.ts';
import type { Trailer } from '../domain/locations/trailer.ts';
import type { User } from '../domain/users/user.ts';
import type { Abort } from './abort.ts';

/** Apple may leave anything out; null is what it did not say. */
export interface ClientConfig {
  uId: string | null;
  locationName: string | null;
  country: string | null;
  defaultPlatform: string | null;
  websiteUrl: string | null;
  expiresAt: Instant | null;
  mdmInfo: MdmInfo | null;
  /** What is set for notifications. */
  hook: ShownHook;
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

/** Where the reading of pages goes on; good as long as the data is of the same version. */
export interface PagePlace {
  pageIndex: number;
  versionId: string;
}

/** Assignments as they come in, a row perhaps more than once. */
export interface AssignmentPage {
  rows: readonly Assignment[];
  pageIndex: number;
  /** Where to go on after an interruption; null once the data moved. The last page names itself. */
  place: PagePlace | null;
  /** On the last page: where to go on from next time. */
  resumeVersion: string;
  /**
   * Of all pages up to this one. `one-version`: a picture of one moment; `recovered`: what was given back meanwhile may
   * still be listed; `uncertain`: the data moved too quickly, rows may be missing.
   */
  consistency: 'one-version' | 'recovered' | 'uncertain';
  /** What the page says of the list it belongs to; null on pages of changes that came meanwhile. */
  list: ListedPage | null;
}

/** Users as they come in, a row perhaps more than once, and of one `clientUserId` perhaps several. */
export interface UserPage {
  rows: readonly User[];
  /** Where to go on from next time: the version with which this reading began. */
  resumeVersion: string;
  /**
   * Of all pages up to this one. `moved`: users changed meanwhile, which the difference since `resumeVersion` shows.
   * `uncertain`: rows may be missing.
   */
  consistency: 'one-version' | 'moved' | 'uncertain';
  /** As of assignments. */
  list: ListedPage;
}

/**
 * `failed` carries what Apple says against the first task that failed. Not `certain`: Apple calls the event complete, and
 * lists failures all the same.
 */
export type EventProgress =
  | { state: 'pending' | 'done' }
  | { state: 'failed'; failure: AppleFailure; certain: boolean };

/** `complete`: all assets are on this page. */
export type FirstAssets = AssetReading & { complete: boolean; trailer: Trailer };

/** One location, opened with one content token. Every method throws AppleFailureError, and nothing else of Apple's. */
export interface AppleLocation {
  clientConfig(effort: Effort, signal?: Abort): Promise<ClientConfig>;
  /** The same question at another endpoint, for a second opinion: one request, and what comes along with its answer. */
  probe(effort: Effort, signal?: Abort): Promise<Trailer>;
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
  ): Promise<AssetReading>;
  /** One request: the first page of the assets, whether that is all of them, and what came along. */
  firstAssets(signal?: Abort): Promise<FirstAssets>;
  /**
   * Every assignment at least once, or with a version what was assigned since: what was given back does not show then.
   * A version that Apple does not know any more is refused with 9721. With `from` only the pages after an interruption;
   * where the version moved meanwhile all of them, and the first one has the index 0.
   */
  assignmentPages(sinceVersion: string | null, signal?: Abort, from?: PagePlace | null): AsyncIterable<AssignmentPage>;
  /** One asset as Apple counts it now; null when it doesn't list it. */
  asset(name: AssetName, signal?: Abort): Promise<SaidAsset | null>;
  /** Everybody who holds one asset, at least once. */
  holderPages(name: AssetName, signal?: Abort): AsyncIterable<AssignmentPage>;
  /** Every user at least once, retired ones too, or with a version those who changed since. 9721 as for assignments. */
  userPages(sinceVersion: string | null, signal?: Abort): AsyncIterable<UserPage>;
  /** All registrations of one `clientUserId`, as Apple lists them now. */
  usersNamed(clientUserId: string, signal?: Abort): Promise<User[]>;
  metadata(
    adamIds: readonly string[],
    country: string | null,
    platform: string | null,
    signal?: Abort,
  ): Promise<AssetMetadata[]>;
  /**
   * Asks for one license back; gives the number of Apple's event. Sent once: after a lost answer `isAssigned` tells.
   */
  disassociate(assignment: Assignment, signal?: Abort): Promise<string>;
  /** How far Apple is with an event. 9708 when it does not know it (any more). */
  eventStatus(eventId: string, signal?: Abort): Promise<EventProgress>;
  /** Whether Apple lists this assignment now; one request. */
  isAssigned(assignment: Assignment, signal?: Abort): Promise<boolean>;
  /** Writes our claim. Never repeated blindly: after a lost answer the next reading tells. */
  claim(info: MdmInfo, signal?: Abort): Promise<void>;
  /** Takes our claim back; true when Apple afterwards no longer shows it. */
  releaseClaim(installationId: string, signal?: Abort): Promise<boolean>;
  /** The kinds of notifications Apple offers now. Asks at most every few minutes, whatever the location. */
  notificationTypes(signal?: Abort): Promise<readonly string[]>;
  /**
   * Writes the complete configuration, our claim with it: whether Apple keeps what is left out is not known. Apple calls
   * the address at once and refuses everything when it is not answered (9728). Never repeated blindly.
   */
  setHook(
    claim: MdmInfo,
    hook: { url: string; secret: string; types: readonly string[] },
    signal?: Abort,
  ): Promise<void>;
  /**
   * Asks Apple not to notify us any more; true when it afterwards shows no address that ends with `path`, or no types
   * for it. The claim is sent along, as in `setHook`.
   */
  releaseHook(claim: MdmInfo, hook: { path: string; secret: string }, signal?: Abort): Promise<boolean>;
  /** Requests sent to Apple through this object, repeats counted. */
  readonly requests: number;
}

/** Opening sends nothing. Everything that reads one location shares its limits. */
export interface Apple {
  /** A location that is known: an answer about another one is a failure of its own (`other-location`). */
  open(contentToken: string, uId: string): AppleLocation;
  /** A file that names its location only when it is asked. `beside`: the location whose limits it shares until then. */
  openFile(contentToken: string, beside: string | null): AppleLocation;
}
