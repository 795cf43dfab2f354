import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { allColumns, isAfter, namesOf, selectionOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';

/** Rows per transaction, which takes some milliseconds. */
export const SLICE = 2000;

/** A row's position, and what the reading under way did with it. */
export interface Stored {
  tid: string;
  /** Only the next generation has it. */
  coming: boolean;
}

/** Returns rows of a location in the order of their keys, from one on, at most a slice. */
export async function rowsAlong<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  { no, generation }: LockedGeneration,
  after: Key,
  which: RawBuilder<unknown>,
): Promise<(Row & Stored)[]> {
  // Limits the range to one slice. Without statistics about a table that was just filled, the planner would sort all of
  // it.
  await sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)`.execute(trx);
  const { rows } = await sql<Row & Stored>`
    select ${selectionOf(allColumns(table), 'known')}, ctid::text as tid, seen_in > ${generation}::integer as coming
    from ${sql.table(table.rows)} known
    where location_no = ${no} and ${isAfter(table.key, 'known', no, after)} and ${which}
    order by location_no, ${namesOf(table.key, 'known')} limit ${SLICE}`.execute(trx);
  return rows;
}
