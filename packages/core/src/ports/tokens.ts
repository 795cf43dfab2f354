import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { ClaimState, Mode } from '../domain/locations/claim.ts';
import type { Identity } from '../domain/locations/identity.ts';
import type { BatchFile, TokenPlace } from '../domain/tokens/batch.ts';
import type { TokenState } from '../domain/tokens/token-state.ts';

/** A content token as it is stored. The credential stays sealed. */
export interface TokenRecord {
  id: string;
  organizationId: string;
  organizationName: string;
  policyId: string;
  policyName: string;
  identity: Identity;
  sealed: string;
  fingerprint: string;
  fileName: string | null;
  mode: Mode;
  version: number;
  /** How often Winesap changed the location's client configuration at Apple. */
  configWrites: number;
  state: TokenState;
  stateSince: Instant;
  failure: AppleFailure | null;
  /** Apple confirmed `failure`. */
  confirmed: boolean;
  /** Since when Apple refuses without confirmation; null if it does not. */
  refusedSince: Instant | null;
  definiteAt: Instant | null;
  checkedAt: Instant | null;
  successAt: Instant | null;
  syncedAt: Instant | null;
  /** How often the location is scanned now; null: as configured. */
  scanEveryMs: number | null;
  /** Failed scans since the last successful one. */
  scanFailures: number;
  claim: ClaimState;
  /** The foreign claim that a person agreed to watch beside. */
  agreedClaimId: string | null;
  /** A person asked for our claim and Apple has not confirmed it yet. */
  claimWanted: boolean;
  /** What Apple left out of its last answer although an earlier one had it. */
  leftOut: readonly string[];
  renewedAt: Instant | null;
  renewedBy: string | null;
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
  /** Inside `write`, locked until the transaction ends, as is `byLocation`. Removed tokens are not found. */
  byId(id: string): Promise<TokenRecord | null>;
  byLocation(uId: string): Promise<TokenRecord | null>;
  /** Returns false if the stored version differs: another change came first. */
  renew(
    id: string,
    expectedVersion: number,
    fresh: { identity: Identity; sealed: string; fingerprint: string; fileName: string | null; by: string },
    now: Instant,
  ): Promise<boolean>;
  setHealth(id: string, health: TokenHealth): Promise<void>;
  setIdentity(id: string, identity: Identity): Promise<void>;
  setLeftOut(id: string, members: readonly string[]): Promise<void>;
  /** Winesap changed the location's client configuration at Apple: answers to earlier requests are outdated. */
  noteConfigWrite(id: string): Promise<void>;
  setMode(id: string, mode: Mode, agreedClaimId: string | null, claimWanted: boolean): Promise<void>;
  /** The token's own days before expiry; null: those of the rules. */
  setExpiryDays(id: string, days: readonly number[] | null): Promise<void>;
  setSynced(id: string, at: Instant, next: { at: Instant; everyMs: number }): Promise<void>;
  /** The last scan failed, and so did that many in a row. */
  setScanFailed(id: string, failures: number, nextScanAt: Instant): Promise<void>;
  remove(id: string, now: Instant): Promise<void>;
  /**
   * Returns those due for a check, the longest overdue first, each to one caller only, and makes them due again at
   * `until` in case the check isn't made.
   */
  takeForCheck(now: Instant, until: Instant, limit: number): Promise<string[]>;
  /** Returns when the next check of any token is due. */
  nextCheckAt(): Promise<Instant | null>;
  countDueForCheck(before: Instant): Promise<number>;
  /**
   * Spreads the checks that were due before then evenly over that much time from now, tokens in trouble first. Returns
   * their number.
   */
  spreadChecks(before: Instant, now: Instant, overMs: number): Promise<void>;
  /**
   * Returns those due for a scan, the longest overdue first, each to one caller only, and makes them due again at
   * `until` in case the scan isn't started.
   */
  takeForScan(now: Instant, until: Instant, limit: number): Promise<string[]>;
}

export interface UploadLink {
  id: string;
  tokenId: string;
  createdBy: string;
  expiresAt: Instant;
  /** Renew without an admin if the file opens the same location. */
  autoConfirm: boolean;
  usedAt: Instant | null;
  revokedAt: Instant | null;
}

export interface Upload {
  id: string;
  linkId: string;
  tokenId: string;
  fileName: string | null;
  /** Null once it is settled: the file is deleted as soon as nobody needs it. */
  sealed: string | null;
  fingerprint: string;
  state: 'waiting' | 'renewed' | 'declined';
}

export interface Uploads {
  addLink(
    link: Omit<UploadLink, 'id' | 'usedAt' | 'revokedAt'> & { secretHash: string; createdById: string | null },
    now: Instant,
  ): Promise<string>;
  /** Inside `write`, locked until the transaction ends. */
  linkByHash(secretHash: string): Promise<UploadLink | null>;
  linkById(id: string): Promise<UploadLink | null>;
  revokeLink(id: string, now: Instant): Promise<void>;
  /** Transfers a person's links that still work to another person. Returns them. */
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
  /** Inside `write`, locked until the transaction ends. */
  byId(id: string): Promise<Upload | null>;
  settle(id: string, state: 'renewed' | 'declined', by: string, now: Instant): Promise<void>;
  /** Deletes the files that wait for a token, or that have waited since `before`. Returns their number. */
  declineWaiting(which: { tokenId: string } | { before: Instant }, by: string, now: Instant): Promise<number>;
}

/** A calendar of expiry dates at a secret address. `organizationId` null: of all organizations. */
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
  /** Transfers a person's feeds to another person. Returns them. */
  handOver(fromId: string, to: { id: string; name: string }): Promise<CalendarFeed[]>;
  /** Returns what was removed; null if the feed doesn't exist. */
  remove(id: string): Promise<CalendarFeed | null>;
  /** Records approximately when it was last read. */
  read(secretHash: string, now: Instant): Promise<CalendarFeed | null>;
}

/** Token files that a person gave together. */
export interface Batch {
  id: string;
  createdBy: string;
  createdAt: Instant;
  /** Set once nothing is left to do, or the rest was forgotten. */
  endedAt: Instant | null;
}

export interface Batches {
  insert(by: { personId: string | null; name: string }, now: Instant): Promise<string>;
  /** Inside `write`, locked until the transaction ends, so that the worker doesn't miss a file added at the same time. */
  byId(id: string): Promise<Batch | null>;
  /** Returns all files, in the order in which they were added. */
  files(batchId: string): Promise<BatchFile[]>;
  countFiles(batchId: string): Promise<number>;
  /** Returns where the files of a batch are to go, with Apple's ID of their organization. */
  places(batchId: string): Promise<(TokenPlace & { appleOrganizationId: string | null })[]>;
  addFile(
    file: Pick<BatchFile, 'id' | 'batchId' | 'fileName' | 'bytes' | 'sealed' | 'fingerprint' | 'stage' | 'problem'>,
    now: Instant,
  ): Promise<void>;
  /** Changes a file if it is still in this stage. Returns whether it was. Deletes the sealed text if that is said. */
  setFile(id: string, from: BatchFile['stage'], change: BatchFileChange, now: Instant): Promise<boolean>;
  /** Who confirmed this file; null if nobody did. */
  confirmer(fileId: string): Promise<{ personId: string | null; name: string } | null>;
  confirm(fileId: string, by: { personId: string | null; name: string }, now: Instant): Promise<void>;
  /** Makes the caller the only one who works on a batch. Returns false if another worker has been active since. */
  takeWork(batchId: string, now: Instant, lostBefore: Instant): Promise<boolean>;
  signOfLife(batchId: string, now: Instant): Promise<void>;
  /** Returns files that wait for Apple or are confirmed. */
  nextFiles(batchId: string, limit: number): Promise<BatchFile[]>;
  /** Leaves the work to others. */
  leaveWork(batchId: string): Promise<void>;
  /** Returns batches with work whose worker has been inactive since. */
  lost(before: Instant): Promise<string[]>;
  /** Forgets the unused files of one batch, or of all untouched since, and ends them. Returns the number of files. */
  forget(which: { batchId: string } | { untouchedSince: Instant }, now: Instant): Promise<number>;
  /** Ends a batch without unused files. */
  endIfSettled(batchId: string, now: Instant): Promise<void>;
  deleteEndedBefore(before: Instant): Promise<void>;
}

export type BatchFileChange = Partial<
  Pick<
    BatchFile,
    | 'stage'
    | 'finding'
    | 'place'
    | 'mode'
    | 'takeOverFrom'
    | 'acceptOlder'
    | 'problem'
    | 'tokenId'
    | 'tokenVersion'
    | 'sealed'
  >
>;
