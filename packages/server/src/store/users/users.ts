import { changedUser, filledUser, type KnownUser, pickUser, type UserReading, type Users } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { clearUsers } from './clear-users.ts';
import { mergeUsers } from './merge-users.ts';
import { byName, stageUsers, unstageUsers } from './staged-users.ts';
import { newerThanReading, tellUsers } from './told-users.ts';
import { afterwards, lockUsers, NO_VERSIONS, versionsOf } from './user-versions.ts';
import { writeNext } from './write-users.ts';

const SLICE = 2000;
/** More than this many are not looked for one by one. */
const TOLD_AT_MOST = 2000;

export function createUsers(trx: Transaction<Tables>): Users {
  const numberOf = async (uId: string) =>
    (await trx.selectFrom('locations').select('no').where('uid', '=', uId).executeTakeFirstOrThrow()).no;

  return {
    async reading(uId) {
      const { rows } = await sql<Omit<UserReading, 'missing'> & { mark: string | null; since: Date | null }>`
        select version, read_at as "readAt", missing_mark as mark, missing_since as since,
          (select coalesce(sum(held), 0)::integer from user_sums where location_no = no) as held,
          exists (select from told_users where location_no = no and not fits) as doubted
        from locations left join user_readings on location_no = no where uid = ${uId}`.execute(trx);
      const [row] = rows;
      if (row === undefined) return { version: null, readAt: null, held: 0, doubted: false, missing: null };
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
    clear: async (uId, after) => clearUsers(trx, await lockUsers(trx, uId), after),
    async begin(uId) {
      const { no } = await lockUsers(trx, uId);
      await sql`update user_readings
        set begun_after = (select coalesce(max(number), 0) from told_users where location_no = ${no})
        where location_no = ${no}`.execute(trx);
      const told = await trx
        .selectFrom('told_users')
        .select('client_user_id')
        .where('location_no', '=', no)
        .limit(TOLD_AT_MOST + 1)
        .execute();
      return told.length > TOLD_AT_MOST ? null : told.map((row) => row.client_user_id);
    },
    stage: async (uId, rows) => stageUsers(trx, await numberOf(uId), rows),
    unstage: async (uId) => unstageUsers(trx, await numberOf(uId)),
    merge: async (uId, unlisted, after) => mergeUsers(trx, await lockUsers(trx, uId), unlisted, after),
    async change(uId, rows) {
      const named = byName(rows);
      if (named.size === 0) return [];
      const lock = await lockUsers(trx, uId);
      const stored = await versionsOf(trx, lock, [...named.keys()]);
      const newer = await newerThanReading(trx, lock, [...named.keys()]);
      const wanted = new Map<string, KnownUser | null>();
      const unsure: string[] = [];
      for (const [name, registrations] of named) {
        if (newer.has(name)) continue;
        const known = afterwards(stored.get(name) ?? NO_VERSIONS);
        const user = changedUser(
          known,
          registrations.map((row) => filledUser(row, known)),
        );
        if (user === 'unsure') unsure.push(name);
        else wanted.set(name, user);
      }
      await writeNext(trx, lock, stored, wanted);
      return unsure;
    },
    async settle(uId, clientUserId, rows) {
      const lock = await lockUsers(trx, uId);
      if ((await newerThanReading(trx, lock, [clientUserId])).size > 0) return;
      const stored = await versionsOf(trx, lock, [clientUserId]);
      await writeNext(trx, lock, stored, new Map([[clientUserId, pickUser(rows)]]));
    },
    async show(uId, { version, missing }, readAt) {
      const { no } = await lockUsers(trx, uId);
      const { rows } = await sql<{ registered: number; retired: number; changed: number; gone: number }>`
        with before as (select * from user_readings where location_no = ${no}),
        told as (delete from told_users using before where told_users.location_no = ${no}
          and told_users.number <= before.begun_after)
        update user_readings set generation = user_readings.generation + 1, version = ${version},
          read_at = ${readAt}, begun_after = null, missing_mark = ${missing?.mark ?? null},
          missing_since = ${missing?.since ?? null}, registered = 0, retired = 0, changed = 0, gone = 0
        from before where user_readings.location_no = before.location_no
        returning before.registered, before.retired, before.changed, before.gone`.execute(trx);
      await sql`update user_sums set held = held + coming, coming = 0 where location_no = ${no}`.execute(trx);
      await sql`delete from user_sums where location_no = ${no} and held = 0`.execute(trx);
      const { held } = await trx
        .selectFrom('user_sums')
        .select(sql<number>`coalesce(sum(held), 0)::integer`.as('held'))
        .where('location_no', '=', no)
        .executeTakeFirstOrThrow();
      const [changes] = rows;
      if (changes === undefined) throw new Error('Users were shown that were never read.');
      return { ...changes, held };
    },
    async keepMissing(uId, missing) {
      const { no } = await lockUsers(trx, uId);
      await sql`update user_readings set missing_mark = ${missing?.mark ?? null},
        missing_since = ${missing?.since ?? null} where location_no = ${no}`.execute(trx);
    },
    async tidy(uId) {
      const { no, generation } = await lockUsers(trx, uId);
      const deleted = await sql`delete from users where ctid = any (array(
        select users.ctid from users join user_readings on user_readings.location_no = users.location_no
        where users.location_no = ${no} and gone_in <= ${generation}
          and (wanted_until is null or wanted_until < now()) limit ${SLICE}))`.execute(trx);
      return Number(deleted.numAffectedRows ?? 0n) < SLICE;
    },
    tell: async (uId, told) => tellUsers(trx, await lockUsers(trx, uId), told),
  };
}
