import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { GenerationTable } from './generation-table.ts';

/** Adds to the stored sums of a location's rows. */
export async function addToSums<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  { states }: Pick<GenerationTable<Key, Row>, 'states'>,
  no: number,
  by: { held?: number; coming?: number; going?: number },
): Promise<void> {
  const { held = 0, coming = 0, going = 0 } = by;
  if (held === 0 && coming === 0 && going === 0) return;
  await sql`update ${sql.table(states.table)} set held = held + ${held}::integer, coming = coming + ${coming}::integer,
    going = going + ${going}::integer where ${sql.ref(states.no)} = ${no}`.execute(trx);
}
