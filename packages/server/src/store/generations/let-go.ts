import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { keyText } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';
import type { Stored } from './rows-along.ts';
import { addToSums } from './sums.ts';
import { versionsOf } from './versions.ts';

/**
 * Removes rows from the next generation. Visible rows are marked until the reading is shown; rows that this reading
 * added are deleted immediately. Rows can't move in the meantime: every other change waits for the location's lock.
 */
export async function letGo<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  lock: LockedGeneration,
  found: readonly (Row & Stored)[],
): Promise<void> {
  if (found.length === 0) return;
  const coming = found.filter((row) => row.coming);
  const seen = found.filter((row) => !row.coming);
  const tids = (rows: readonly Stored[]) => rows.map(({ tid }) => tid);
  const replaced = table.addToSums === undefined ? null : await versionsOf<Key, Row>(trx, table, lock, coming);
  await sql`delete from ${sql.table(table.rows)} where ctid = any (${tids(coming)}::tid[])`.execute(trx);
  await sql`update ${sql.table(table.rows)} set gone_in = ${lock.generation + 1}
    where ctid = any (${tids(seen)}::tid[])`.execute(trx);
  await addToSums(trx, table, lock.no, { coming: -coming.length, going: seen.length });
  await table.addToSums?.(
    trx,
    lock.no,
    found.map((row) => {
      const now = row.coming ? (replaced?.get(keyText(table, row))?.now ?? null) : row;
      return { now, before: row, after: null, atOnce: false };
    }),
  );
}
