import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** A column's name, and the type its values are handed over as. */
type Column = readonly [name: string, type: 'integer' | 'boolean' | 'text'];

export type Columns<Row> = { readonly [Property in keyof Row & string]: Column };

/**
 * A table whose rows belong to locations and are kept by generation: each is seen from `seen_in` on and before `gone_in`,
 * and the location says which generation is seen. A reading writes with the next one, in as many short transactions as it
 * takes, and becomes visible when that moves on.
 *
 * Without values a row is its key, and there is one of each. With values there may be two that count: the one that is seen,
 * and the one that the next generation has instead; the key of the table then has `seen_in` as well.
 */
export interface GenerationTable<Key extends object, Row extends Key = Key> {
  rows: keyof Tables;
  /** In the order of the table's key, after `location_no`; the last column alone may be a text of any kind. */
  key: Columns<Key>;
  values: Columns<Omit<Row, keyof Key>>;
  /** Where each location keeps its generation, and the sums `held`, `coming` and `going`. */
  states: { table: keyof Tables; no: string };
  /**
   * Keys of which a notification told: what was said since a reading began is newer than what it finds. With `number` older
   * ones stay, and count as newer when they have a higher one than the reading began with.
   */
  overrides: { table: keyof Tables; number?: string };
  isSame(a: Row, b: Row): boolean;
  /** Keeps further sums. */
  addToSums?(trx: Transaction<Tables>, no: number, moves: readonly Move<Row>[]): Promise<void>;
}

/** What becomes of one key. Null: no such row. */
export interface Move<Row> {
  /** Which is seen now. */
  now: Row | null;
  /** Which the next generation was to have. */
  before: Row | null;
  after: Row | null;
  /** `after` is seen at once, and not only with the next generation. */
  atOnce: boolean;
}

/** A location, locked until the transaction ends against everybody else who changes rows of the table. */
export interface LockedGeneration {
  no: number;
  generation: number;
  /** Rows that are seen; kept, so that nobody has to count them. */
  held: number;
  /** Rows that only the next generation has, and rows that it has no more. */
  coming: number;
  going: number;
  /** The number of the last override before the reading under way; null: none is. */
  begunAfter?: number | null;
}
