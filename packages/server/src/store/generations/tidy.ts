import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';
import { SLICE } from './rows-along.ts';

/**
 * Deletes rows that are no longer visible, unless an export still reads an earlier generation. Returns false if there
 * are more.
 */
export async function tidySlice<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  { rows, states }: GenerationTable<Key, Row>,
  { no, generation }: LockedGeneration,
): Promise<boolean> {
  const deleted = await sql`
    delete from ${sql.table(rows)} where ctid = any (array(
      select old.ctid from ${sql.table(rows)} old
      join ${sql.table(states.table)} state on ${sql.ref(`state.${states.no}`)} = old.location_no
      where old.location_no = ${no} and old.gone_in <= ${generation}
        and (state.wanted_until is null or state.wanted_until < now()) limit ${SLICE}))`.execute(trx);
  return Number(deleted.numAffectedRows ?? 0n) < SLICE;
}
