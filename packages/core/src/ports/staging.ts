import type { Asset, Assignment } from '../domain/asset.ts';

/** A row's place among the rows of its location. Only the store looks into it. */
export interface Place {
  assetNo: number;
  userHeld: boolean;
  holder: string;
}

export type AssetName = Pick<Asset, 'adamId' | 'pricingParam'>;

/**
 * Assignments of a reading under way, out of sight until `show`. Every method is a step of a transaction's length: whoever
 * reads screens waits for one at most. What notifications tell meanwhile (`assets.assign`, `assets.unassign`) is newer
 * than what is staged, and stays.
 */
export interface Staging {
  /** Takes away what an earlier reading left, from `after` on. Gives where to go on, or null when nothing is left. */
  clear(uId: string, after: Place | null): Promise<Place | null>;
  /** Takes away what is staged and not merged yet. False when there is more. */
  unstage(uId: string): Promise<boolean>;
  /** Rows that come to what is stored, as of the next generation. Gives how many were new, by `assetKey`. */
  add(uId: string, rows: readonly Assignment[]): Promise<ReadonlyMap<string, number>>;
  /** Rows of a complete list, to be compared with what is stored once it is complete. Gives how many were new. */
  stage(uId: string, rows: readonly Assignment[]): Promise<number>;
  /**
   * Compares what is staged with what is stored, from `after` on, and writes the difference as of the next generation:
   * what is staged is all there is, of the asset or of all. Gives where to go on, or null at the end.
   */
  merge(uId: string, asset: AssetName | null, after: Place | null): Promise<Place | null>;
  /** How many rows are held now, and how many once this reading is shown. */
  outlook(uId: string): Promise<{ held: number; after: number }>;
  /** Makes the next generation the one that is seen. */
  show(uId: string): Promise<{ assigned: number; unassigned: number; held: number }>;
  /** Deletes rows that nobody sees any more. False when there are more. */
  tidy(uId: string): Promise<boolean>;
}
