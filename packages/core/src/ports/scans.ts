import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetName, Assignment } from '../domain/licenses/asset.ts';
import type { AssetChange } from '../domain/licenses/asset-change-words.ts';
import type { Reading, ReadingDiscrepancy, ReadingKind } from '../domain/licenses/reading.ts';
import type { Recheck } from '../domain/scans/recheck.ts';
import type { PagePlace } from './apple.ts';
import type { RowCursor } from './licenses.ts';

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

/** Where the reading of each location stands. Saved in the transaction that makes its rows visible. */
export interface Readings {
  of(uId: string): Promise<Reading | null>;
  save(uId: string, reading: Omit<Reading, 'held'>, readAt: Instant): Promise<void>;
}

export interface Rechecks {
  add(uId: string, rechecks: readonly Recheck[]): Promise<void>;
  of(uId: string): Promise<(Recheck & { number: number })[]>;
  /** Those up to a number were answered: of one asset, or of all. */
  settle(uId: string, upTo: number, asset: AssetName | null): Promise<void>;
  /** True when the location was not read for their sake since `before`; then it is noted that it is now. */
  mayScan(uId: string, before: Instant, now: Instant): Promise<boolean>;
}

/** What a complete list names. */
export interface CompleteList {
  /** Different rows. */
  readonly size: number;
  has(row: Assignment): boolean;
}

/** Rows of a list that were named together: their marks, and how many they are by `assetKey`. */
export interface ListedPart {
  marks: Uint8Array;
  counts: Readonly<Record<string, number>>;
}

/**
 * Assignments of a reading under way, out of sight until `show`. Every method is a step of a transaction's length: whoever
 * reads screens waits for one at most. What notifications tell meanwhile (`assets.assign`, `assets.unassign`) is newer
 * than what is read, and stays.
 */
export interface Staging {
  /** Takes away what an earlier reading left, from `after` on. Gives where to go on, or null when nothing is left. */
  clear(uId: string, after: RowCursor | null): Promise<RowCursor | null>;
  /** Rows that Apple lists, as of the next generation. Gives how many were not stored before, by `assetKey`. */
  add(uId: string, rows: readonly Assignment[]): Promise<ReadonlyMap<string, number>>;
  /**
   * The same, and nearly twice as fast, where no row is expected to be stored already: gives how many they are. Null, and
   * nothing is written, when one is stored after all or a notification told something meanwhile.
   */
  addNew(uId: string, rows: readonly Assignment[]): Promise<number | null>;
  /** Keeps what a complete list has named so far, for a scan that goes on in another process. */
  keepMarks(uId: string, part: ListedPart): Promise<void>;
  marks(uId: string): Promise<ListedPart[]>;
  forgetMarks(uId: string): Promise<void>;
  /**
   * How many rows would be held that the list does not name. All that it names have to be stored. Null when notifications
   * told so much meanwhile that it cannot be said.
   */
  countUnlisted(uId: string, list: CompleteList): Promise<number | null>;
  /**
   * Lets go of rows that the list does not name, of the asset or of all, from `after` on, as of the next generation. Gives
   * how many, and where to go on, or null at the end.
   */
  removeUnlisted(
    uId: string,
    asset: AssetName | null,
    list: Pick<CompleteList, 'has'>,
    after: RowCursor | null,
  ): Promise<{ left: number; next: RowCursor | null }>;
  /** How many rows are held now, and how many once this reading is shown. */
  outlook(uId: string): Promise<{ held: number; after: number }>;
  /** Makes the next generation the one that is seen. */
  show(uId: string): Promise<{ assigned: number; unassigned: number; held: number }>;
  /** Deletes rows that nobody sees any more. False when there are more. */
  tidy(uId: string): Promise<boolean>;
}
