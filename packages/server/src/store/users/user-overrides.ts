import { type KnownUser, noticedUser, type UserChange, type UserNews, userChange } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { LockedGeneration } from '../generations/generation-table.ts';
import { override } from '../generations/override.ts';
import { versionsOf } from '../generations/versions.ts';
import type { Tables } from '../tables.ts';
import { keysOf } from './listed-users.ts';
import { USERS } from './user-table.ts';

/** Applies what notifications reported, in order, visible immediately. Returns the outcome for each. */
export async function overrideUsers(
  trx: Transaction<Tables>,
  lock: LockedGeneration,
  told: readonly UserNews[],
): Promise<(UserChange | null)[]> {
  if (told.length === 0) return [];
  const names = [...new Set(told.map(({ user }) => user.clientUserId))];
  const stored = await versionsOf(trx, USERS, lock, keysOf(names));
  const known = new Map<string, KnownUser>();
  // While users are being read, it is unknown whether a page already includes it: the next scan asks.
  const fitting = new Map(names.map((name) => [name, (lock.begunAfter ?? null) === null]));
  const changes = told.map(({ change, user }) => {
    const name = user.clientUserId;
    const before = known.get(name) ?? stored.get(name)?.now ?? null;
    const { user: after, fits } = noticedUser(before, change, user);
    if (!fits) fitting.set(name, false);
    known.set(name, after);
    return userChange(before, after);
  });
  await override(trx, USERS, lock, stored, { put: [...known.values()], taken: [] });
  await sql`
    insert into user_overrides as before (location_no, client_user_id, fits)
    select ${lock.no}::integer, * from unnest(${[...fitting.keys()]}::text[], ${[...fitting.values()]}::boolean[])
    on conflict (location_no, client_user_id)
      do update set number = default, fits = before.fits and excluded.fits`.execute(trx);
  return changes;
}
