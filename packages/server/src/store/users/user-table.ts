import { type KnownUser, sameUser } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { GenerationTable, LockedGeneration } from '../generations/generation-table.ts';
import type { Tables } from '../tables.ts';
import { addToUserSums } from './user-sums.ts';

/** People who can hold licenses. A changed user is a new version of the row. */
export const USERS: GenerationTable<Pick<KnownUser, 'clientUserId'>, KnownUser> = {
  rows: 'users',
  key: { clientUserId: ['client_user_id', 'text'] },
  values: {
    status: ['status', 'text'],
    email: ['email', 'text'],
    idHash: ['id_hash', 'text'],
    several: ['several', 'boolean'],
  },
  states: { table: 'user_readings', no: 'location_no' },
  overrides: { table: 'user_overrides', number: 'number' },
  isSame: (a, b) => sameUser(a, b) && a.several === b.several,
  addToSums: addToUserSums,
};

/** Locked until the transaction ends, against all other changes of the location's users. */
export async function lockUsers(trx: Transaction<Tables>, uId: string): Promise<LockedGeneration> {
  const find = () =>
    sql<LockedGeneration & { begunAfter: number | string | null }>`
      select location_no as no, generation, held, coming, going, begun_after as "begunAfter" from user_readings
      where location_no = (select no from locations where uid = ${uId}) for no key update`.execute(trx);
  let [row] = (await find()).rows;
  if (row === undefined) {
    await sql`insert into user_readings (location_no) select no from locations where uid = ${uId}
      on conflict do nothing`.execute(trx);
    [row] = (await find()).rows;
  }
  if (row === undefined) throw new Error('There is no such location.');
  return { ...row, begunAfter: row.begunAfter === null ? null : Number(row.begunAfter) };
}

/** Returns those that a notification changed since the reading under way began. */
export async function overriddenUsers(
  trx: Transaction<Tables>,
  { no, begunAfter = null }: LockedGeneration,
  names: readonly string[],
): Promise<Set<string>> {
  if (begunAfter === null || names.length === 0) return new Set();
  const rows = await trx
    .selectFrom('user_overrides')
    .select('client_user_id')
    .where('location_no', '=', no)
    .where('number', '>', begunAfter)
    .where(sql<boolean>`client_user_id = any(${[...names]}::text[])`)
    .execute();
  return new Set(rows.map((row) => row.client_user_id));
}
