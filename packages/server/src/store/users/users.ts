import { changedUser, filledUser, type KnownUser, pickUser, type UserReading, type Users } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { clearSlice } from '../generations/clear.ts';
import { putNext } from '../generations/put-next.ts';
import { showNext } from '../generations/show.ts';
import { tidySlice } from '../generations/tidy.ts';
import { afterwards, NO_VERSIONS, versionsOf } from '../generations/versions.ts';
import type { Tables } from '../tables.ts';
import { addListed, keysOf, removeUnlisted } from './listed-users.ts';
import { overrideUsers } from './user-overrides.ts';
import { lockUsers, overriddenUsers, USERS } from './user-table.ts';

/** More than this many are not checked one by one. */
const OVERRIDES_AT_MOST = 2000;

export function createUsers(trx: Transaction<Tables>): Users {
  return {
    async reading(uId) {
      const { rows } = await sql<Omit<UserReading, 'missing'> & { mark: string | null; since: Date | null }>`
        select version, read_at as "readAt", missing_mark as mark, missing_since as since,
          coalesce(user_readings.held, 0) as held,
          exists (select from user_overrides where location_no = no and not fits) as "toRecheck"
        from locations left join user_readings on location_no = no where uid = ${uId}`.execute(trx);
      const [row] = rows;
      if (row === undefined) return { version: null, readAt: null, held: 0, toRecheck: false, missing: null };
      const { mark, since, ...reading } = row;
      return { ...reading, missing: mark === null || since === null ? null : { mark, since } };
    },
    async hasUnknown(uId, clientUserIds) {
      if (clientUserIds.length === 0) return false;
      const { rows } = await sql`select from unnest(${[...clientUserIds]}::text[]) as asked (wanted)
        where not exists (
          select from locations join user_readings reading on reading.location_no = locations.no
          join users on users.location_no = locations.no and client_user_id = wanted
            and seen_in <= reading.generation and (gone_in is null or gone_in > reading.generation)
          where uid = ${uId})
        limit 1`.execute(trx);
      return rows.length > 0;
    },
    async clear(uId, after) {
      const lock = await lockUsers(trx, uId);
      const next = await clearSlice(trx, USERS, lock, after === null ? null : { clientUserId: after });
      if (next === null) {
        await sql`update user_sums set coming = 0 where location_no = ${lock.no} and coming <> 0`.execute(trx);
        await sql`update user_readings set registered = 0, retired = 0, changed = 0, gone = 0
          where location_no = ${lock.no} and (registered, retired, changed, gone) <> (0, 0, 0, 0)`.execute(trx);
      }
      return next?.clientUserId ?? null;
    },
    async begin(uId) {
      const { no } = await lockUsers(trx, uId);
      await sql`update user_readings
        set begun_after = (select coalesce(max(number), 0) from user_overrides where location_no = ${no})
        where location_no = ${no}`.execute(trx);
      const told = await trx
        .selectFrom('user_overrides')
        .select('client_user_id')
        .where('location_no', '=', no)
        .limit(OVERRIDES_AT_MOST + 1)
        .execute();
      return told.length > OVERRIDES_AT_MOST ? null : told.map((row) => row.client_user_id);
    },
    async giveUp(uId) {
      const { no } = await lockUsers(trx, uId);
      await sql`update user_readings set begun_after = null where location_no = ${no}`.execute(trx);
    },
    async add(uId, rows, before) {
      if (rows.length > 0) await addListed(trx, await lockUsers(trx, uId), rows, before);
    },
    removeUnlisted: async (uId, list, unlisted, after) =>
      removeUnlisted(trx, await lockUsers(trx, uId), list, unlisted, after),
    async change(uId, rows) {
      const named = Map.groupBy(rows, ({ clientUserId }) => clientUserId);
      if (named.size === 0) return [];
      const lock = await lockUsers(trx, uId);
      const stored = await versionsOf(trx, USERS, lock, keysOf([...named.keys()]));
      const newer = await overriddenUsers(trx, lock, [...named.keys()]);
      const wanted: KnownUser[] = [];
      const unsure: string[] = [];
      for (const [name, registrations] of named) {
        if (newer.has(name)) continue;
        const known = afterwards(stored.get(name) ?? NO_VERSIONS);
        const user = changedUser(
          known,
          registrations.map((row) => filledUser(row, known)),
        );
        if (user === 'unsure') unsure.push(name);
        else if (user !== null) wanted.push(user);
      }
      await putNext(trx, USERS, lock, stored, { put: wanted, taken: [] });
      return unsure;
    },
    async settle(uId, clientUserId, rows) {
      const lock = await lockUsers(trx, uId);
      if ((await overriddenUsers(trx, lock, [clientUserId])).size > 0) return;
      const stored = await versionsOf(trx, USERS, lock, keysOf([clientUserId]));
      const user = pickUser(rows);
      const put = user === null ? [] : [user];
      await putNext(trx, USERS, lock, stored, { put, taken: user === null ? keysOf([clientUserId]) : [] });
    },
    async show(uId, { version, missing }, readAt) {
      const lock = await lockUsers(trx, uId);
      const held = await showNext(trx, USERS, lock);
      const { rows } = await sql<{ registered: number; retired: number; changed: number; gone: number }>`
        with before as (select * from user_readings where location_no = ${lock.no}),
        told as (delete from user_overrides using before where user_overrides.location_no = ${lock.no}
          and user_overrides.number <= before.begun_after)
        update user_readings set version = ${version}, read_at = ${readAt}, begun_after = null,
          missing_mark = ${missing?.mark ?? null}, missing_since = ${missing?.since ?? null},
          registered = 0, retired = 0, changed = 0, gone = 0
        from before where user_readings.location_no = before.location_no
        returning before.registered, before.retired, before.changed, before.gone`.execute(trx);
      await sql`update user_sums set held = held + coming, coming = 0
        where location_no = ${lock.no} and coming <> 0`.execute(trx);
      await sql`delete from user_sums where location_no = ${lock.no} and held = 0`.execute(trx);
      const [changes] = rows;
      if (changes === undefined) throw new Error('Users were shown that were never read.');
      return { ...changes, held };
    },
    async keepMissing(uId, missing) {
      const { no } = await lockUsers(trx, uId);
      await sql`update user_readings set missing_mark = ${missing?.mark ?? null},
        missing_since = ${missing?.since ?? null} where location_no = ${no}`.execute(trx);
    },
    tidy: async (uId) => tidySlice(trx, USERS, await lockUsers(trx, uId)),
    override: async (uId, told) => overrideUsers(trx, await lockUsers(trx, uId), told),
  };
}
