import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';

/** Makes the next generation the visible one. Returns the number of rows held then. */
export async function showNext<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  { states }: GenerationTable<Key, Row>,
  { no, held, coming, going }: LockedGeneration,
): Promise<number> {
  const after = held + coming - going;
  if (coming > 0 || going > 0)
    await sql`update ${sql.table(states.table)} set generation = generation + 1, held = ${after}, coming = 0, going = 0
      where ${sql.ref(states.no)} = ${no}`.execute(trx);
  return after;
}
