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

/** Apple can leave anything out; null is what it left out. */
export interface ClientConfig {
  uId: string | null;
  locationName: string | null;
  country: string | null;
  defaultPlatform: string | null;
  websiteUrl: string | null;
  expiresAt: Instant | null;
  mdmInfo: MdmInfo | null;
  /** The notification settings. */
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

/**
 * How persistently to retry: `quick` tries once with a short timeout, for a person in front of a window; `patient`
 * retries.
 */
export type Effort = 'quick' | 'patient';

/** Where to resume the pages; valid while the data has the same version. */
export interface PagePlace {
  pageIndex: number;
  versionId: string;
}

/** Assignments as they arrive; a row can repeat. */
export interface AssignmentPage {
  rows: readonly Assignment[];
  pageIndex: number;
  /** Where to resume after an interruption; null once the data changed. The last page names itself. */
  place: PagePlace | null;
  /** On the last page: where to continue next time. */
  resumeVersion: string;
  /**
   * For all pages up to this one. `one-version`: a consistent snapshot; `recovered`: licenses released during the read
   * may still be listed; `uncertain`: the data changed too quickly, and rows may be missing.
   */
  consistency: 'one-version' | 'recovered' | 'uncertain';
  /** What the page says about its list; null on pages with changes made during the read. */
  list: ListedPage | null;
}

/** Users as they arrive; a row can repeat, and one `clientUserId` can have several. */
export interface UserPage {
  rows: readonly User[];
  /** Where to continue next time: the version with which this read began. */
  resumeVersion: string;
  /**
   * For all pages up to this one. `moved`: users changed during the read, which the difference since `resumeVersion`
   * shows. `uncertain`: rows may be missing.
   */
  consistency: 'one-version' | 'moved' | 'uncertain';
  /** As for assignments. */
  list: ListedPage;
}

/**
 * `failed` carries Apple's error about the first task that failed. Not `certain`: Apple calls the event complete but
 * still lists failures.
 */
export type EventProgress =
  | { state: 'pending' | 'done' }
  | { state: 'failed'; failure: AppleFailure; certain: boolean };

/** `complete`: all assets are on this page. */
export type FirstAssets = AssetReading & { complete: boolean; trailer: Trailer };

/** One location, opened with one content token. Every method throws only AppleFailureError for failures at Apple. */
export interface AppleLocation {
  clientConfig(effort: Effort, signal?: Abort): Promise<ClientConfig>;
  /** Asks another endpoint for a second opinion: one request, returning the trailer of its answer. */
  probe(effort: Effort, signal?: Abort): Promise<Trailer>;
  /** Best effort: returns null if the older service does not answer, whatever the reason. */
  account(signal?: Abort): Promise<Account | null>;
  /**
   * Returns all assets, of one version. `told` is called with the number of assets read so far, which can become
   * smaller again: if the data changes, the read restarts.
   */
  assets(
    effort: Effort,
    told: (done: number, expected: number | null) => Promise<void>,
    signal?: Abort,
  ): Promise<AssetReading>;
  /** One request: returns the first page of the assets, whether it is complete, and its trailer. */
  firstAssets(signal?: Abort): Promise<FirstAssets>;
  /**
   * Yields every assignment at least once, or, with a version, what was assigned since; releases do not show then. A
   * version that Apple no longer knows is refused with 9721. With `from`, yields only the pages after an interruption;
   * if the version changed since, it yields all of them, and the first one has index 0.
   */
  assignmentPages(sinceVersion: string | null, signal?: Abort, from?: PagePlace | null): AsyncIterable<AssignmentPage>;
  /** Returns one asset with its current counts; null if Apple doesn't list it. */
  asset(name: AssetName, signal?: Abort): Promise<SaidAsset | null>;
  /** Yields everyone who holds one asset, at least once. */
  holderPages(name: AssetName, signal?: Abort): AsyncIterable<AssignmentPage>;
  /**
   * Yields every user at least once, including retired ones, or, with a version, those who changed since. 9721 as for
   * assignments.
   */
  userPages(sinceVersion: string | null, signal?: Abort): AsyncIterable<UserPage>;
  /** Returns all registrations of one `clientUserId`, as Apple lists them now. */
  usersNamed(clientUserId: string, signal?: Abort): Promise<User[]>;
  metadata(
    adamIds: readonly string[],
    country: string | null,
    platform: string | null,
    signal?: Abort,
  ): Promise<AssetMetadata[]>;
  /**
   * Requests the release of one license and returns the ID of Apple's event. Sent once: after a lost answer, use
   * `isAssigned`.
   */
  disassociate(assignment: Assignment, signal?: Abort): Promise<string>;
  /** Returns Apple's progress with an event. 9708 if Apple does not know it, or no longer does. */
  eventStatus(eventId: string, signal?: Abort): Promise<EventProgress>;
  /** Whether Apple lists this assignment now; one request. */
  isAssigned(assignment: Assignment, signal?: Abort): Promise<boolean>;
  /** Writes our claim. Never repeated blindly: after a lost answer, the next read shows the outcome. */
  claim(info: MdmInfo, signal?: Abort): Promise<void>;
  /** Releases our claim. Returns true if Apple no longer shows it afterwards. */
  releaseClaim(installationId: string, signal?: Abort): Promise<boolean>;
  /**
   * Returns the notification types that Apple offers now. Asks at most every few minutes, for all locations together.
   */
  notificationTypes(signal?: Abort): Promise<readonly string[]>;
  /**
   * Writes the complete configuration including our claim, because whether Apple keeps omitted properties is unknown.
   * Apple calls the address immediately and refuses everything if it is not answered (9728). Never repeated blindly.
   */
  setHook(
    claim: MdmInfo,
    hook: { url: string; secret: string; types: readonly string[] },
    signal?: Abort,
  ): Promise<void>;
  /**
   * Asks Apple to stop notifying us. Returns true if Apple afterwards shows no address that ends with `path`, or no
   * types for it. The claim is sent along, as in `setHook`.
   */
  releaseHook(claim: MdmInfo, hook: { path: string; secret: string }, signal?: Abort): Promise<boolean>;
  /** Requests sent to Apple through this object, including retries. */
  readonly requests: number;
}

/** Opening sends nothing. Everything that reads one location shares its limits. */
export interface Apple {
  /** Opens a known location: an answer about another one is a failure of the kind `other-location`. */
  open(contentToken: string, uId: string): AppleLocation;
  /**
   * Opens a file that reveals its location only when Apple is asked. `beside`: the location whose limits it shares
   * until then.
   */
  openFile(contentToken: string, beside: string | null): AppleLocation;
}
