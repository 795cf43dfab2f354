import type { AssetName, Assignment } from '../domain/licenses/asset.ts';

export type { AssetName } from '../domain/licenses/asset.ts';

/** A row's place among the rows of its location. Only the store looks into it. */
export interface Place {
  assetNo: number;
  userHeld: boolean;
  holder: string;
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
  clear(uId: string, after: Place | null): Promise<Place | null>;
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
  leaveUnlisted(
    uId: string,
    asset: AssetName | null,
    list: Pick<CompleteList, 'has'>,
    after: Place | null,
  ): Promise<{ left: number; next: Place | null }>;
  /** How many rows are held now, and how many once this reading is shown. */
  outlook(uId: string): Promise<{ held: number; after: number }>;
  /** Makes the next generation the one that is seen. */
  show(uId: string): Promise<{ assigned: number; unassigned: number; held: number }>;
  /** Deletes rows that nobody sees any more. False when there are more. */
  tidy(uId: string): Promise<boolean>;
}
