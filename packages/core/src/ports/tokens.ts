import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { ClaimState, Mode } from '../domain/locations/claim.ts';
import type { Identity } from '../domain/locations/identity.ts';
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
  /** Apple stands by `failure`. */
  confirmed: boolean;
  /** Since when Apple refuses without having confirmed it; null while it does not. */
  refusedSince: Instant | null;
  definiteAt: Instant | null;
  checkedAt: Instant | null;
  successAt: Instant | null;
  syncedAt: Instant | null;
  /** How often the location is read now; null: as agreed. */
  scanEveryMs: number | null;
  /** Scans that failed since the last one that did not. */
  scanFailures: number;
  claim: ClaimState;
  /** The foreign claim a person agreed to watch beside. */
  agreedClaimId: string | null;
  /** A person asked for our claim and Apple has not confirmed it yet. */
  claimWanted: boolean;
  /** What Apple left out of its last answer, although it said it before. */
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
  /** In `write` locked until the transaction ends, as by location. Removed tokens are not found. */
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
  /** In `write` locked until the transaction ends. */
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
  /** In `write` locked until the transaction ends. */
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
