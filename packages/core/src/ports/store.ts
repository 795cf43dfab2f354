import type { AppleFailure } from '../domain/apple-failure.ts';
import type { EventDraft } from '../domain/event.ts';
import type { Instant } from '../domain/instant.ts';
import type { Asset, Assignment, KnownAsset } from '../domain/licenses/asset.ts';
import type { AssetChange } from '../domain/licenses/asset-change-words.ts';
import type { NameSchedule } from '../domain/licenses/name-schedule.ts';
import type { Reading, ReadingDiscrepancy, ReadingKind } from '../domain/licenses/reading.ts';
import type { Threshold, ThresholdScope } from '../domain/licenses/threshold.ts';
import type { NamedWeighing } from '../domain/licenses/weigh-reading.ts';
import type { ClaimState, Mode } from '../domain/locations/claim.ts';
import type { Identity } from '../domain/locations/identity.ts';
import type { PolicyNode } from '../domain/organizations/policy-tree.ts';
import type { TokenState } from '../domain/tokens/token-state.ts';
import type { Alerts, Channels, Deliveries, Reports, Rules, Tellings } from './alerts.ts';
import type { AssetMetadata } from './apple.ts';
import type { Counts } from './counts.ts';
import type { Doubts } from './doubts.ts';
import type { CountChange, CountOutcome, Hooks, Notifications } from './notifications.ts';
import type { Checkpoint, ScanAttempt, ScanChanges, ScanProgress, ScanRecord, TokenRecord } from './records.ts';
import type { Releases } from './releases.ts';
import type { Seals } from './seals.ts';
import type { AssetName, Place, Staging } from './staging.ts';
import type { Users } from './users.ts';

/** Everything one transaction can do. Only `tx` writes; jobs and live messages leave with its commit or not at all. */
export interface Tx {
  organizations: Organizations;
  policies: Policies;
  tokens: Tokens;
  scans: Scans;
  assets: Assets;
  staging: Staging;
  users: Users;
  counts: Counts;
  releases: Releases;
  readings: Readings;
  thresholds: Thresholds;
  metadata: Metadata;
  uploads: Uploads;
  calendarFeeds: CalendarFeeds;
  channels: Channels;
  rules: Rules;
  alerts: Alerts;
  tellings: Tellings;
  deliveries: Deliveries;
  reports: Reports;
  hooks: Hooks;
  seals: Seals;
  doubts: Doubts;
  notifications: Notifications;
  events: Events;
  jobs: Jobs;
}

export interface Store {
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Rows of a long piece of work that one transaction should take, about: others wait as long. */
  readonly sliceRows: number;
}

export interface Organizations {
  insert(name: string, now: Instant): Promise<string>;
  rename(id: string, name: string): Promise<boolean>;
  delete(id: string): Promise<void>;
  byId(id: string): Promise<{ id: string; name: string } | null>;
  idByName(name: string): Promise<string | null>;
}

export interface Policies {
  insert(policy: { organizationId: string; parentId: string | null; name: string }, now: Instant): Promise<string>;
  rename(id: string, name: string): Promise<void>;
  delete(id: string): Promise<void>;
  setTokenInheritance(id: string, enabled: boolean): Promise<void>;
  organizationOf(id: string): Promise<{ organizationId: string; organizationName: string } | null>;
  /** All policies of an organization, locked against changes to the tree until the transaction ends. */
  lockTree(organizationId: string): Promise<PolicyNode[]>;
}

export interface NewToken {
  id: string;
  organizationId: string;
  policyId: string;
  identity: Identity;
  sealed: string;
  fingerprint: string;
  fileName: string | null;
  mode: Mode;
  agreedClaimId: string | null;
  claimWanted: boolean;
  addedBy: string;
}

export interface TokenHealth {
  state: TokenState;
  stateSince: Instant;
  failure: AppleFailure | null;
  confirmed: boolean;
  refusedSince: Instant | null;
  definiteAt: Instant | null;
  checkedAt: Instant;
  successAt: Instant | null;
  nextCheckAt: Instant;
  claim: ClaimState;
}

export interface Tokens {
  insert(token: NewToken, health: TokenHealth, now: Instant): Promise<void>;
  /** Locked until the transaction ends. Removed tokens are not found. */
  byId(id: string): Promise<TokenRecord | null>;
  byLocation(uId: string): Promise<TokenRecord | null>;
  /** False when the stored version is another one: somebody else was first. */
  renew(
    id: string,
    expectedVersion: number,
    fresh: { identity: Identity; sealed: string; fingerprint: string; fileName: string | null; by: string },
    now: Instant,
  ): Promise<boolean>;
  setHealth(id: string, health: TokenHealth): Promise<void>;
  setIdentity(id: string, identity: Identity): Promise<void>;
  setLeftOut(id: string, members: readonly string[]): Promise<void>;
  /** Winesap changed the location's client configuration at Apple: what was asked for before is old. */
  noteConfigWrite(id: string): Promise<void>;
  setMode(id: string, mode: Mode, agreedClaimId: string | null, claimWanted: boolean): Promise<void>;
  /** Days before expiry of its own; null: as the rules say. */
  setExpiryDays(id: string, days: readonly number[] | null): Promise<void>;
  setSynced(id: string, at: Instant, next: { at: Instant; everyMs: number }): Promise<void>;
  /** The last scan failed, the last so many in a row. */
  setScanFailed(id: string, failures: number, nextScanAt: Instant): Promise<void>;
  remove(id: string, now: Instant): Promise<void>;
  /** Those that are due for a check, longest first, and due again at `until` if nothing comes of it. Each to one taker. */
  takeForCheck(now: Instant, until: Instant, limit: number): Promise<string[]>;
  /** When the next check of all is due. */
  nextCheckAt(): Promise<Instant | null>;
  countDueForCheck(before: Instant): Promise<number>;
  /** Gives checks that were due before then new moments, evenly over so long from now, tokens in trouble first. */
  spreadChecks(before: Instant, now: Instant, overMs: number): Promise<void>;
  /** Those that are due for a scan, longest first, and due again at `until` if nothing comes of it. Each to one taker. */
  takeForScan(now: Instant, until: Instant, limit: number): Promise<string[]>;
}

export interface Scans {
  /**
   * The scan under way for the location, if any, else a new queued one; also when one ends at this moment. `stalled`: it
   * is under way and nobody has moved it for so long that it had better be queued again.
   */
  insertUnlessUnderWay(
    token: { id: string; identity: { uId: string } },
    reason: ScanRecord['reason'],
    now: Instant,
  ): Promise<{ id: string; fresh: boolean; stalled: boolean }>;
  isUnderWay(uId: string): Promise<boolean>;
  /** Ends whatever is under way for the location, as failed with this code. */
  supersede(uId: string, code: string, now: Instant): Promise<void>;
  /**
   * Queued or interrupted → running, as a new attempt that alone owns the scan from now on; null when it is not to be
   * run (ended, or run by another process a moment ago).
   */
  begin(id: string, now: Instant): Promise<ScanRecord | null>;
  /**
   * Whether the scan is still this attempt's, and keeps it so until the transaction ends. To be asked in every
   * transaction that stages or merges: false when somebody else ended the scan or began it anew, then stop.
   */
  hold(scan: ScanAttempt): Promise<boolean>;
  /** False as in `hold`. */
  progress(scan: ScanAttempt, progress: ScanProgress, now: Instant): Promise<boolean>;
  /** How far the scan is stored; to be called with the rows it speaks of. Null: nothing is to be gone on from. */
  checkpoint(scan: ScanAttempt, checkpoint: Checkpoint | null): Promise<void>;
  /** Says that the process is still at it, also while Apple keeps it waiting. False as in `hold`. */
  touch(scan: ScanAttempt, now: Instant): Promise<boolean>;
  /** Succeeded, or doubtful where there is a discrepancy. False as in `hold`. */
  finish(
    scan: ScanAttempt,
    outcome: {
      kind: ReadingKind;
      discrepancy: ReadingDiscrepancy | null;
      changes: { sums: ScanChanges; assets: readonly AssetChange[] };
    },
    progress: ScanProgress,
    now: Instant,
  ): Promise<boolean>;
  /** False as in `hold`. */
  fail(scan: ScanAttempt, failure: { code: string; apple: AppleFailure | null }, now: Instant): Promise<boolean>;
  /** Running → queued, because this process stops: whoever takes the job next begins it again. */
  putBack(scan: ScanAttempt, now: Instant): Promise<void>;
  /** Running scans unmoved since then lost their process, queued ones perhaps their job: queued as of now. */
  abandoned(since: { running: Instant; queued: Instant }, now: Instant): Promise<string[]>;
}

export interface Assets {
  /** What Apple listed at the last reading; assets gone are left out. */
  list(uId: string): Promise<KnownAsset[]>;
  /** Null when the location never had it. `name` is what its storefront calls it. */
  byKey(uId: string, adamId: string, pricingParam: string): Promise<(Asset & { name: string | null }) | null>;
  /** Stores a reading: assets gone are marked so, never deleted. */
  replace(uId: string, assets: readonly NamedWeighing[], readAt: Instant): Promise<void>;
  /** Apple lists at this moment what is stored, so that nothing is in question. */
  confirm(uId: string, readAt: Instant): Promise<void>;
  isHeld(uId: string, assignment: Assignment): Promise<boolean>;
  /**
   * What a notification tells of holders, seen at once; also right while the location is read. May be told twice.
   * Gives the rows that were not held before.
   */
  assign(uId: string, rows: readonly Assignment[]): Promise<Assignment[]>;
  /** The same for licenses given back. Gives the rows that were held before. */
  unassign(uId: string, rows: readonly Assignment[]): Promise<Assignment[]>;
  /** Some of those who hold an asset, from `after` on. */
  holders(uId: string, name: AssetName, after: Place | null): Promise<{ rows: Assignment[]; next: Place | null }>;
  /** What notifications tell of counts, each asset at most once. Gives what came of each. */
  addToCounts(uId: string, changes: readonly CountChange[]): Promise<CountOutcome[]>;
  /** After counts changed: says anew which assets are low, and keeps the day in the history. */
  judge(uId: string, now: Instant): Promise<void>;
  /** The counts of one asset, as just read and in agreement with its holders. */
  saveOne(uId: string, asset: Asset, surplus: number, readAt: Instant): Promise<void>;
}

/** Where the reading of each location stands. Saved in the transaction that makes its rows visible. */
export interface Readings {
  of(uId: string): Promise<Reading | null>;
  save(uId: string, reading: Omit<Reading, 'held'>, readAt: Instant): Promise<void>;
}

export interface Thresholds {
  /** Null takes back what was said. Judges anew what it concerns. */
  set(scope: ThresholdScope, threshold: Threshold | null, now: Instant): Promise<void>;
}

export interface Metadata {
  /** Assets of a location that the store is to be asked about now, in the location's country; those without a name first. */
  due(uId: string, schedule: NameSchedule, now: Instant, limit: number): Promise<string[]>;
  /** When the first asset without a name is due; null when all have one. */
  namelessAt(uId: string, schedule: NameSchedule): Promise<Instant | null>;
  /** The store said nothing at all: asked, and no wiser. What is known stays. */
  noteSilence(uId: string, adamIds: readonly string[], now: Instant): Promise<void>;
  save(uId: string, items: readonly AssetMetadata[], now: Instant): Promise<void>;
  /** What the store calls assets in the location's country, where it is known. */
  names(uId: string, adamIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface UploadLink {
  id: string;
  tokenId: string;
  createdBy: string;
  expiresAt: Instant;
  /** Renew without an admin when the file opens the same location. */
  autoConfirm: boolean;
  usedAt: Instant | null;
  revokedAt: Instant | null;
}

export interface Upload {
  id: string;
  linkId: string;
  tokenId: string;
  fileName: string | null;
  /** Null once it is settled: a file nobody needs any more is forgotten. */
  sealed: string | null;
  fingerprint: string;
  state: 'waiting' | 'renewed' | 'declined';
}

export interface Uploads {
  addLink(
    link: Omit<UploadLink, 'id' | 'usedAt' | 'revokedAt'> & { secretHash: string; createdById: string | null },
    now: Instant,
  ): Promise<string>;
  /** Locked until the transaction ends. */
  linkByHash(secretHash: string): Promise<UploadLink | null>;
  linkById(id: string): Promise<UploadLink | null>;
  revokeLink(id: string, now: Instant): Promise<void>;
  /** The links of a person that still work become another one's. Gives them. */
  handOver(fromId: string, to: { id: string; name: string }, now: Instant): Promise<{ id: string; tokenId: string }[]>;
  markUsed(id: string, now: Instant): Promise<void>;
  add(
    upload: {
      id: string;
      linkId: string;
      tokenId: string;
      fileName: string | null;
      sealed: string;
      fingerprint: string;
    },
    now: Instant,
  ): Promise<void>;
  /** Locked until the transaction ends. */
  byId(id: string): Promise<Upload | null>;
  settle(id: string, state: 'renewed' | 'declined', by: string, now: Instant): Promise<void>;
  /** Forgets the files that wait for a token, or that nobody looked at since `before`; gives how many. */
  declineWaiting(which: { tokenId: string } | { before: Instant }, by: string, now: Instant): Promise<number>;
}

/** A calendar of expiries at a secret address. `organizationId` null: of all organizations. */
export interface CalendarFeed {
  id: string;
  name: string;
  organizationId: string | null;
}

export interface CalendarFeeds {
  add(
    feed: Omit<CalendarFeed, 'id'> & { secretHash: string; createdBy: string; createdById: string | null },
    now: Instant,
  ): Promise<string>;
  /** The feeds of a person become another one's. Gives them. */
  handOver(fromId: string, to: { id: string; name: string }): Promise<CalendarFeed[]>;
  /** What was removed; null when there was no such feed. */
  remove(id: string): Promise<CalendarFeed | null>;
  /** Notes that it was read, about. */
  read(secretHash: string, now: Instant): Promise<CalendarFeed | null>;
}

export interface Events {
  append(draft: EventDraft, now: Instant): Promise<string>;
  deleteBefore(instant: Instant): Promise<number>;
}

export interface Jobs {
  /** Takes a release one step further. */
  release(releaseId: string, afterMs: number): Promise<void>;
  scan(scanId: string): Promise<void>;
  readMetadata(tokenId: string, afterMs?: number): Promise<void>;
  /** Works on the outbox until nothing is due. */
  deliver(): Promise<void>;
  /** Brings the notification configuration at Apple to what we want. */
  keepHook(tokenId: string, afterMs?: number): Promise<void>;
  processNotifications(uId: string): Promise<void>;
  /** Asks Apple where what notifications said does not fit. */
  answerDoubts(uId: string, afterMs: number): Promise<void>;
  /** Says in the log what notifications changed. */
  tellNotifications(uId: string, afterMs: number): Promise<void>;
  /** Looks at once, not only with the next minute, whether a rule has something to tell. */
  evaluateRules(): Promise<void>;
}
