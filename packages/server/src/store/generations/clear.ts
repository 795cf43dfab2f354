import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { keyOf, keyText, startOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';
import { rowsAlong, SLICE } from './rows-along.ts';
import { addToSums } from './sums.ts';

/**
 * Undoes what an unfinished reading wrote in one slice, after `after`. Returns where to continue, or null if nothing is
 * left.
 */
export async function clearSlice<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  lock: LockedGeneration,
  after: Key | null,
): Promise<Key | null> {
  if (lock.coming === 0 && lock.going === 0) return null;
  const found = await rowsAlong(trx, table, lock, after ?? startOf(table), sql`true`);
  const isEnd = found.length < SLICE;
  // The last key may have another row, so it is left to the next slice.
  const last = found.at(-1);
  const whole =
    isEnd || last === undefined ? found : found.filter((row) => keyText(table, row) !== keyText(table, last));
  const undone = whole.filter(({ coming }) => coming).map(({ tid }) => tid);
  const seen = whole.filter(({ coming }) => !coming).map(({ tid }) => tid);
  const rows = sql.table(table.rows);
  await sql`delete from ${rows} where ctid = any (${undone}::tid[])`.execute(trx);
  const unmarked = await sql`update ${rows} set gone_in = null
    where ctid = any (${seen}::tid[]) and gone_in > ${lock.generation}::integer`.execute(trx);
  await addToSums(trx, table, lock.no, { coming: -undone.length, going: -Number(unmarked.numAffectedRows ?? 0n) });
  const end = whole.at(-1);
  return isEnd || end === undefined ? null : keyOf(table, end);
}
