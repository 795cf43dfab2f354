import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { ClaimState, Mode } from '../domain/locations/claim.ts';
import type { Identity } from '../domain/locations/identity.ts';
import type { TokenState } from '../domain/tokens/token-state.ts';
import type { PagePlace } from './apple.ts';

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

/** One process's try at a scan. The youngest owns the scan; an older one may neither write nor end it. */
export interface ScanAttempt {
  id: string;
  /** 1 for the first. */
  attempt: number;
}

export interface ScanRecord extends ScanAttempt {
  tokenId: string;
  uId: string;
  reason: 'button' | 'schedule' | 'renewal' | 'added' | 'notification';
  state: 'queued' | 'running' | 'succeeded' | 'doubtful' | 'failed';
  /** Of an attempt whose process died. */
  checkpoint: Checkpoint | null;
}

/** How far a full pass is stored. */
export interface Checkpoint {
  place: PagePlace;
  /** Rows so far. */
  held: number;
  /** Whether there was something to compare with; then their marks are kept. */
  compares: boolean;
}

export interface ScanProgress {
  requests: number;
  assetsDone: number;
  assetsTotal: number | null;
  assignmentsDone: number;
  assignmentsTotal: number | null;
  /** Null: users are not asked for. */
  usersDone: number | null;
  usersTotal: number | null;
}

export interface ScanChanges {
  assetsAdded: number;
  assetsGone: number;
  countsChanged: number;
  assigned: number;
  unassigned: number;
  usersRegistered: number;
  usersRetired: number;
  usersChanged: number;
  /** Apple lists them no more. */
  usersGone: number;
}
