import { pickUser, type User } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { USER_ROW, type UserRow, unnestUsers } from './user-versions.ts';

const SLICE = 2000;

/** Adds rows of a complete list, of each `clientUserId` the one that tells most. Gives how many were new. */
export async function stageUsers(trx: Transaction<Tables>, no: number, rows: readonly User[]): Promise<number> {
  const named = byName(rows);
  if (named.size === 0) return 0;
  const { rows: staged } = await sql<UserRow>`select ${USER_ROW} from staged_users
    where location_no = ${no} and client_user_id = any(${[...named.keys()]}::text[])`.execute(trx);
  const before = new Map(staged.map((user) => [user.clientUserId, user]));
  const picked = [...named].flatMap(([name, registrations]) => {
    const known = before.get(name);
    const user = pickUser(known === undefined ? registrations : [known, ...registrations]);
    return user === null ? [] : [{ ...user, several: user.several || known?.several === true }];
  });
  await sql`
    insert into staged_users (location_no, client_user_id, status, email, id_hash, several)
    select ${no}::integer, * from ${unnestUsers(picked)}
    on conflict (location_no, client_user_id) do update set status = excluded.status, email = excluded.email,
      id_hash = excluded.id_hash, several = excluded.several`.execute(trx);
  return named.size - before.size;
}

/** Deletes a slice; false when there is more. */
export async function unstageUsers(trx: Transaction<Tables>, no: number): Promise<boolean> {
  const deleted = await sql`delete from staged_users where ctid = any (array(
    select ctid from staged_users where location_no = ${no} limit ${SLICE}))`.execute(trx);
  return Number(deleted.numAffectedRows ?? 0n) < SLICE;
}

/** In the order of their names, from one on. */
export async function stagedAfter(
  trx: Transaction<Tables>,
  no: number,
  after: string,
  limit: number,
): Promise<UserRow[]> {
  const { rows } = await sql<UserRow>`select ${USER_ROW} from staged_users
    where location_no = ${no} and client_user_id > ${after} order by client_user_id limit ${limit}`.execute(trx);
  return rows;
}

/** Rows by their `clientUserId`. */
export function byName<Row extends User>(rows: readonly Row[]): Map<string, Row[]> {
  const named = new Map<string, Row[]>();
  for (const row of rows) {
    const list = named.get(row.clientUserId);
    if (list === undefined) named.set(row.clientUserId, [row]);
    else list.push(row);
  }
  return named;
}
