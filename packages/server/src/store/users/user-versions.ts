import type { KnownUser } from '@winesap/core';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What is stored of one `clientUserId`, of the generation that is seen and of the next one. */
export interface UserVersions {
  now: KnownUser | null;
  /** The next generation has another version of it, or none. */
  ends: boolean;
  next: KnownUser | null;
}

export const NO_VERSIONS: UserVersions = { now: null, ends: false, next: null };

/** As the reading under way would have it if it were shown now. */
export function afterwards({ now, ends, next }: UserVersions): KnownUser | null {
  return next ?? (ends ? null : now);
}

export interface UserRow {
  clientUserId: string;
  status: string;
  email: string | null;
  idHash: string | null;
  several: boolean;
}

export const USER_ROW = sql`client_user_id as "clientUserId", status, email, id_hash as "idHash", several`;

/** Locked until the transaction ends, against everybody else who changes users of the location. */
export interface LockedUsers {
  no: number;
  generation: number;
  /** Null: no reading is under way, or left anything. */
  begunAfter: number | null;
}

export async function lockUsers(trx: Transaction<Tables>, uId: string): Promise<LockedUsers> {
  const find = () =>
    sql<{ no: number; generation: number; begun_after: number | string | null }>`
      select location_no as no, generation, begun_after from user_readings
      where location_no = (select no from locations where uid = ${uId}) for no key update`.execute(trx);
  let [row] = (await find()).rows;
  if (row === undefined) {
    await sql`insert into user_readings (location_no) select no from locations where uid = ${uId}
      on conflict do nothing`.execute(trx);
    [row] = (await find()).rows;
  }
  if (row === undefined) throw new Error('There is no such location.');
  return {
    no: row.no,
    generation: row.generation,
    begunAfter: row.begun_after === null ? null : Number(row.begun_after),
  };
}

/** What is stored of these. */
export function versionsOf(trx: Transaction<Tables>, lock: LockedUsers, names: readonly string[]) {
  return readVersions(trx, lock, sql`client_user_id = any(${names}::text[])`);
}

/** What is stored of those in the order of their names, from one on; a number of rows of the table. */
export function versionsAfter(trx: Transaction<Tables>, lock: LockedUsers, after: string, rows: number) {
  return readVersions(trx, lock, sql`client_user_id > ${after} order by client_user_id limit ${rows}`);
}

async function readVersions(
  trx: Transaction<Tables>,
  { no, generation }: LockedUsers,
  which: RawBuilder<unknown>,
): Promise<Map<string, UserVersions>> {
  const { rows } = await sql<UserRow & { coming: boolean; ends: boolean }>`
    select ${USER_ROW}, seen_in > ${generation}::integer as coming, gone_in is not null as ends from users
    where location_no = ${no} and (gone_in is null or gone_in > ${generation}::integer) and ${which}`.execute(trx);
  const found = new Map<string, UserVersions>();
  for (const { coming, ends, ...user } of rows) {
    const known = found.get(user.clientUserId) ?? NO_VERSIONS;
    found.set(user.clientUserId, coming ? { ...known, next: user } : { ...known, now: user, ends });
  }
  return found;
}

/** Users as columns: one parameter each, however many rows. */
export function unnestUsers(users: readonly KnownUser[]) {
  return sql`unnest(${users.map(({ clientUserId }) => clientUserId)}::text[],
    ${users.map(({ status }) => status)}::text[], ${users.map(({ email }) => email)}::text[],
    ${users.map(({ idHash }) => idHash)}::text[], ${users.map(({ several }) => several)}::boolean[])`;
}
