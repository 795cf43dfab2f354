import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** A column's name, and the type of its parameter. */
type Column = readonly [name: string, type: 'integer' | 'boolean' | 'text'];

export type Columns<Row> = { readonly [Property in keyof Row & string]: Column };

/**
 * A table whose rows belong to locations and are kept by generation: each is visible from `seen_in` on and before
 * `gone_in`, and the location says which generation is visible. A reading writes to the next one, in as many short
 * transactions as it needs, and becomes visible when the location moves to it.
 *
 * Without values, a row is its key, and each key has one row. With values, a key can have two: the visible one and the
 * one that replaces it in the next generation; the table's key then includes `seen_in`.
 */
export interface GenerationTable<Key extends object, Row extends Key = Key> {
  rows: keyof Tables;
  /** In the order of the table's key, after `location_no`. Only the last column may be a text of any kind. */
  key: Columns<Key>;
  values: Columns<Omit<Row, keyof Key>>;
  /** Where each location keeps its generation, and the sums `held`, `coming`, and `going`. */
  states: { table: keyof Tables; no: string };
  /**
   * Keys that notifications changed: what arrived since a reading began is newer than what the reading finds. With
   * `number`, older entries stay, and count as newer if their number is higher than the one with which the reading
   * began.
   */
  overrides: { table: keyof Tables; number?: string };
  isSame(a: Row, b: Row): boolean;
  /** Keeps further sums. */
  addToSums?(trx: Transaction<Tables>, no: number, moves: readonly Move<Row>[]): Promise<void>;
}

/** How one key changes. Null: no such row. */
export interface Move<Row> {
  /** The visible row. */
  now: Row | null;
  /** The row planned for the next generation. */
  before: Row | null;
  after: Row | null;
  /** `after` is visible immediately, not only with the next generation. */
  atOnce: boolean;
}

/** A location, locked until the transaction ends against all other changes of its rows in the table. */
export interface LockedGeneration {
  no: number;
  generation: number;
  /** The number of visible rows, stored so that it need not be counted. */
  held: number;
  /** Rows that only the next generation has, and rows that it no longer has. */
  coming: number;
  going: number;
  /** The number of the last override before the reading under way; null: there is none. */
  begunAfter?: number | null;
}
