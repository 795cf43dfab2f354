import { type KnownUser, type ToldUser, toldUser, type UserChange, userChange } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { type LockedUsers, versionsOf } from './user-versions.ts';
import { writeNow } from './write-users.ts';

/** What notifications told, in their order, seen at once. Gives what became of each. */
export async function tellUsers(
  trx: Transaction<Tables>,
  lock: LockedUsers,
  told: readonly ToldUser[],
): Promise<(UserChange | null)[]> {
  if (told.length === 0) return [];
  const names = [...new Set(told.map(({ user }) => user.clientUserId))];
  const stored = await versionsOf(trx, lock, names);
  const known = new Map<string, KnownUser>();
  // While users are read nobody can say whether a page knows of it already: the next scan asks.
  const fitting = new Map(names.map((name) => [name, lock.begunAfter === null]));
  const changes = told.map(({ change, user }) => {
    const name = user.clientUserId;
    const before = known.get(name) ?? stored.get(name)?.now ?? null;
    const { user: after, fits } = toldUser(before, change, user);
    if (!fits) fitting.set(name, false);
    known.set(name, after);
    return userChange(before, after);
  });
  await writeNow(trx, lock, stored, known);
  await sql`
    insert into told_users as before (location_no, client_user_id, fits)
    select ${lock.no}::integer, * from unnest(${[...fitting.keys()]}::text[], ${[...fitting.values()]}::boolean[])
    on conflict (location_no, client_user_id)
      do update set number = default, fits = before.fits and excluded.fits`.execute(trx);
  return changes;
}

/** Those among them who were told of since the reading under way began. */
export async function newerThanReading(
  trx: Transaction<Tables>,
  { no, begunAfter }: LockedUsers,
  names: readonly string[] | null,
): Promise<Set<string>> {
  if (begunAfter === null) return new Set();
  let query = trx
    .selectFrom('told_users')
    .select('client_user_id')
    .where('location_no', '=', no)
    .where('number', '>', begunAfter);
  if (names !== null) query = query.where(sql<boolean>`client_user_id = any(${[...names]}::text[])`);
  return new Set((await query.execute()).map((row) => row.client_user_id));
}
