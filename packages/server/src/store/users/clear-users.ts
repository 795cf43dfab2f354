import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { LockedUsers } from './user-versions.ts';

const SLICE = 2000;

/** Undoes on one slice the marks of a reading that did not end. Gives where to go on, or null when nothing is left. */
export async function clearUsers(
  trx: Transaction<Tables>,
  { no, generation, begunAfter }: LockedUsers,
  after: string | null,
): Promise<string | null> {
  if (begunAfter === null) return null;
  const { rows } = await sql<{ name: string }>`
    with edge as materialized (
      select client_user_id from users where location_no = ${no} and client_user_id > ${after ?? ''}
      order by client_user_id offset ${SLICE - 1} limit 1),
    slice as materialized (
      select client_user_id, seen_in, gone_in from users
      where location_no = ${no} and client_user_id > ${after ?? ''}
        and not exists (select from edge where users.client_user_id > edge.client_user_id)),
    undone as (
      delete from users using slice where users.location_no = ${no} and users.client_user_id = slice.client_user_id
        and users.seen_in = slice.seen_in and slice.seen_in > ${generation}::integer),
    unmarked as (
      update users set gone_in = null from slice
      where users.location_no = ${no} and users.client_user_id = slice.client_user_id
        and users.seen_in = slice.seen_in and slice.seen_in <= ${generation}::integer
        and slice.gone_in > ${generation}::integer)
    select client_user_id as name from edge`.execute(trx);
  const [edge] = rows;
  if (edge !== undefined) return edge.name;
  await sql`update user_sums set coming = 0 where location_no = ${no}`.execute(trx);
  await sql`update user_readings set begun_after = null, registered = 0, retired = 0, changed = 0, gone = 0
    where location_no = ${no}`.execute(trx);
  return null;
}
