import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetName, Assignment } from '../domain/licenses/asset.ts';
import type { AssetChange } from '../domain/licenses/asset-change-words.ts';
import type { Reading, ReadingDiscrepancy, ReadingKind } from '../domain/licenses/reading.ts';
import type { Recheck } from '../domain/scans/recheck.ts';
import type { PagePlace } from './apple.ts';
import type { RowCursor } from './licenses.ts';

/** One process's attempt at a scan. The latest attempt owns the scan; an earlier one may neither write nor end it. */
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
  /** From an attempt whose process died. */
  checkpoint: Checkpoint | null;
}

/** How much of a full scan is stored. */
export interface Checkpoint {
  place: PagePlace;
  /** Rows so far. */
  held: number;
  /** Whether there was something to compare with; if so, the marks of listed rows are stored. */
  compares: boolean;
}

export interface ScanProgress {
  requests: number;
  assetsDone: number;
  assetsTotal: number | null;
  assignmentsDone: number;
  assignmentsTotal: number | null;
  /** Null: users are not read. */
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
  /** Apple no longer lists them. */
  usersGone: number;
}

export interface Scans {
  /**
   * Returns the scan under way for the location, if any, else a new queued one, even if one ends at this moment.
   * `stalled`: it is under way but has not progressed for so long that it should be queued again.
   */
  insertUnlessUnderWay(
    token: { id: string; identity: { uId: string } },
    reason: ScanRecord['reason'],
    now: Instant,
  ): Promise<{ id: string; fresh: boolean; stalled: boolean }>;
  isUnderWay(uId: string): Promise<boolean>;
  /** Ends any scan under way for the location, as failed with this code. */
  supersede(uId: string, code: string, now: Instant): Promise<void>;
  /**
   * Queued or interrupted → running, as a new attempt that alone owns the scan from now on. Returns null if it must not
   * run: it ended, or another process started it a moment ago.
   */
  begin(id: string, now: Instant): Promise<ScanRecord | null>;
  /**
   * Whether this attempt still owns the scan; keeps it so until the transaction ends. Call it in every transaction that
   * stages or merges. Returns false if the scan ended or restarted elsewhere: stop then.
   */
  hold(scan: ScanAttempt): Promise<boolean>;
  /** Returns false as in `hold`. */
  progress(scan: ScanAttempt, progress: ScanProgress, now: Instant): Promise<boolean>;
  /**
   * Stores the progress of the scan; call it together with the rows it covers. Null: there is nothing to resume from.
   */
  checkpoint(scan: ScanAttempt, checkpoint: Checkpoint | null): Promise<void>;
  /** Shows that the process is still at work, even while Apple makes it wait. Returns false as in `hold`. */
  touch(scan: ScanAttempt, now: Instant): Promise<boolean>;
  /** Succeeded, or doubtful if there is a discrepancy. Returns false as in `hold`. */
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
  /** Returns false as in `hold`. */
  fail(scan: ScanAttempt, failure: { code: string; apple: AppleFailure | null }, now: Instant): Promise<boolean>;
  /** Running → queued, because this process stops: the next process to take the job restarts it. */
  putBack(scan: ScanAttempt, now: Instant): Promise<void>;
  /**
   * Running scans without progress since then lost their process, and queued ones perhaps their job. Queues them again.
   */
  abandoned(since: { running: Instant; queued: Instant }, now: Instant): Promise<string[]>;
}

/** The reading state of each location, saved in the transaction that makes its rows visible. */
export interface Readings {
  of(uId: string): Promise<Reading | null>;
  save(uId: string, reading: Omit<Reading, 'held'>, readAt: Instant): Promise<void>;
}

export interface Rechecks {
  add(uId: string, rechecks: readonly Recheck[]): Promise<void>;
  of(uId: string): Promise<(Recheck & { number: number })[]>;
  /** Clears the rechecks that were answered, up to a number: of one asset, or of all. */
  settle(uId: string, upTo: number, asset: AssetName | null): Promise<void>;
  /**
   * Returns true if rechecks have not triggered a scan of the location since `before`, and records that they do now.
   */
  mayScan(uId: string, before: Instant, now: Instant): Promise<boolean>;
}

/** The rows that a complete list names. */
export interface CompleteList {
  /** Different rows. */
  readonly size: number;
  has(row: Assignment): boolean;
}

/** Rows of a list that were named together: their marks, and their number by `assetKey`. */
export interface ListedPart {
  marks: Uint8Array;
  counts: Readonly<Record<string, number>>;
}

/**
 * Assignments of a scan under way, hidden until `show`. Every method fits in one short transaction, so that screens
 * never wait longer than that. What notifications report in the meantime (`assets.assign`, `assets.unassign`) is newer
 * than the scan, and stays.
 */
export interface Staging {
  /** Deletes what an earlier scan left, after `after`. Returns where to continue, or null if nothing is left. */
  clear(uId: string, after: RowCursor | null): Promise<RowCursor | null>;
  /**
   * Adds rows that Apple lists, in the next generation. Returns the number of rows that were not stored before, by
   * `assetKey`.
   */
  add(uId: string, rows: readonly Assignment[]): Promise<ReadonlyMap<string, number>>;
  /**
   * Does the same nearly twice as fast if no row is expected to be stored already. Returns the number of rows. Returns
   * null and writes nothing if one is stored after all, or a notification arrived in the meantime.
   */
  addNew(uId: string, rows: readonly Assignment[]): Promise<number | null>;
  /** Stores the marks of what a complete list has named so far, for a scan that continues in another process. */
  keepMarks(uId: string, part: ListedPart): Promise<void>;
  marks(uId: string): Promise<ListedPart[]>;
  forgetMarks(uId: string): Promise<void>;
  /**
   * Returns the number of rows that would stay although the list does not name them. All rows that it names must be
   * stored. Null if too many notifications arrived in the meantime to tell.
   */
  countUnlisted(uId: string, list: CompleteList): Promise<number | null>;
  /**
   * Removes rows that the list does not name, of the asset or of all, after `after`, in the next generation. Returns
   * their number and where to continue, or null at the end.
   */
  removeUnlisted(
    uId: string,
    asset: AssetName | null,
    list: Pick<CompleteList, 'has'>,
    after: RowCursor | null,
  ): Promise<{ left: number; next: RowCursor | null }>;
  /** Returns how many rows are held now, and how many once this scan is shown. */
  outlook(uId: string): Promise<{ held: number; after: number }>;
  /** Makes the next generation the visible one. */
  show(uId: string): Promise<{ assigned: number; unassigned: number; held: number }>;
  /** Deletes rows that are no longer visible. Returns false if there are more. */
  tidy(uId: string): Promise<boolean>;
}
