import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Whether notifications told anything of the location since its reading began. */
export async function hasNewer(trx: Transaction<Tables>, no: number): Promise<boolean> {
  const row = await trx
    .selectFrom('newer_assignments')
    .select('asset_no')
    .where('location_no', '=', no)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Of rows that a query calls so, with all of the key: whether a notification told of this one. */
export const NEWER = (rows: string) => sql<boolean>`exists (select from newer_assignments newer
  where newer.location_no = ${sql.ref(`${rows}.location_no`)} and newer.asset_no = ${sql.ref(`${rows}.asset_no`)}
    and newer.user_held = ${sql.ref(`${rows}.user_held`)} and newer.holder = ${sql.ref(`${rows}.holder`)})`;
