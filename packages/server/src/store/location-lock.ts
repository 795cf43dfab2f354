import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A location as those who change its assignments know it. */
export interface LockedLocation {
  no: number;
  generation: number;
  held: number;
  coming: number;
  going: number;
}

/** Locked until the transaction ends, against everybody else who changes assignments of the location. */
export async function lockLocation(trx: Transaction<Tables>, uId: string): Promise<LockedLocation> {
  return trx
    .selectFrom('locations')
    .select(['no', 'generation', 'held', 'coming', 'going'])
    .where('uid', '=', uId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

/** Adds to the sums that are kept of a location's rows. */
export async function addToSums(
  trx: Transaction<Tables>,
  no: number,
  by: { held?: number; coming?: number; going?: number },
): Promise<void> {
  const { held = 0, coming = 0, going = 0 } = by;
  if (held === 0 && coming === 0 && going === 0) return;
  await sql`update locations set held = held + ${held}::integer, coming = coming + ${coming}::integer,
    going = going + ${going}::integer where no = ${no}`.execute(trx);
}
