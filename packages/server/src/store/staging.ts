import type { Place, Staging } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { columnsOf } from './assignment-rows.ts';
import { addToSums, lockLocation } from './location-lock.ts';
import { mergeSlice } from './merge-slice.ts';
import type { Tables } from './tables.ts';
import { unstageSlice } from './unstage-slice.ts';

/** Rows looked at in one transaction: some milliseconds. */
const SLICE = 2000;

export function createStaging(trx: Transaction<Tables>): Staging {
  const numberOf = async (uId: string) =>
    (await trx.selectFrom('locations').select('no').where('uid', '=', uId).executeTakeFirstOrThrow()).no;

  return {
    async clear(uId, after) {
      const location = await lockLocation(trx, uId);
      if (after === null) await trx.deleteFrom('newer_assignments').where('location_no', '=', location.no).execute();
      if (location.coming === 0 && location.going === 0) return null;
      return clearSlice(trx, location, after ?? START);
    },
    unstage: async (uId) => unstageSlice(trx, await numberOf(uId)),
    async add(uId, rows) {
      if (rows.length === 0) return new Map();
      const { no, generation } = await lockLocation(trx, uId);
      const { assetNos, usersHold, holders, keyOf } = await columnsOf(trx, uId, rows);
      const newer = await hasNewer(trx, no);
      // A row that is there already is either held, or gone and kept for somebody who still reads its generation.
      const { rows: added } = await sql<{ asset_no: number; count: number }>`
        with added as (
          insert into assignments as known (location_no, asset_no, user_held, holder, seen_in)
          select ${no}::integer, *, ${generation + 1}::integer
          from unnest(${assetNos}::integer[], ${usersHold}::boolean[], ${holders}::text[])
            as read (asset_no, user_held, holder)
          where ${newer ? notNewer(no) : sql`true`}
          on conflict (location_no, asset_no, user_held, holder)
            do update set seen_in = excluded.seen_in, gone_in = null where known.gone_in <= ${generation}::integer
          returning asset_no),
        summed as (
          update locations set coming = coming + (select count(*)::integer from added)
          where no = ${no} and exists (select from added))
        select asset_no, count(*)::integer as count from added group by asset_no`.execute(trx);
      return new Map(added.map(({ asset_no, count }) => [keyOf(asset_no), count]));
    },
    async stage(uId, rows) {
      if (rows.length === 0) return 0;
      const no = await numberOf(uId);
      const { assetNos, usersHold, holders } = await columnsOf(trx, uId, rows);
      const staged = await sql`
        insert into staged_assignments select ${no}::integer, *
        from unnest(${assetNos}::integer[], ${usersHold}::boolean[], ${holders}::text[])
        on conflict do nothing`.execute(trx);
      return Number(staged.numAffectedRows ?? 0n);
    },
    async merge(uId, asset, after) {
      const location = await lockLocation(trx, uId);
      const assetNo =
        asset === null
          ? null
          : ((await columnsOf(trx, uId, [{ ...asset, holderKind: 'device', holder: '' }])).assetNos[0] ?? 0);
      const start = after ?? (assetNo === null ? START : { ...START, assetNo });
      const sums = await mergeSlice(trx, location, {
        assetNo,
        start,
        size: SLICE,
        newer: await hasNewer(trx, location.no),
      });
      await addToSums(trx, location.no, sums);
      return sums.end;
    },
    async outlook(uId) {
      const { held, coming, going } = await trx
        .selectFrom('locations')
        .select(['held', 'coming', 'going'])
        .where('uid', '=', uId)
        .executeTakeFirstOrThrow();
      return { held, after: held + coming - going };
    },
    async show(uId) {
      const { no, held, coming, going } = await lockLocation(trx, uId);
      const after = held + coming - going;
      if (coming > 0 || going > 0)
        await trx
          .updateTable('locations')
          .set((eb) => ({ generation: eb('generation', '+', 1), held: after, coming: 0, going: 0 }))
          .where('no', '=', no)
          .execute();
      await trx.deleteFrom('newer_assignments').where('location_no', '=', no).execute();
      return { assigned: coming, unassigned: going, held: after };
    },
    async tidy(uId) {
      const { no, generation } = await lockLocation(trx, uId);
      const deleted = await sql`
        delete from assignments where ctid = any (array(
          select assignments.ctid from assignments join locations on locations.no = location_no
          where location_no = ${no} and gone_in <= ${generation}
            and (wanted_until is null or wanted_until < now()) limit ${SLICE}))`.execute(trx);
      return Number(deleted.numAffectedRows ?? 0n) < SLICE;
    },
  };
}

/** Before every row of a location. */
const START: Place = { assetNo: 0, userHeld: false, holder: '' };

async function hasNewer(trx: Transaction<Tables>, no: number): Promise<boolean> {
  const row = await trx
    .selectFrom('newer_assignments')
    .select('asset_no')
    .where('location_no', '=', no)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function notNewer(no: number) {
  return sql`not exists (select from newer_assignments newer where newer.location_no = ${no}
    and newer.asset_no = read.asset_no and newer.user_held = read.user_held and newer.holder = read.holder)`;
}

/** Undoes the marks that an unfinished reading made on one slice. */
async function clearSlice(
  trx: Transaction<Tables>,
  { no, generation }: { no: number; generation: number },
  after: Place,
): Promise<Place | null> {
  const { rows } = await sql<Place & { seen: number; undone: number; unmarked: number }>`
    with slice as materialized (
      select asset_no, user_held, holder, seen_in, gone_in from assignments
      where location_no = ${no} and (location_no, asset_no, user_held, holder)
        > (${no}::integer, ${after.assetNo}::integer, ${after.userHeld}::boolean, ${after.holder}::text)
      order by location_no, asset_no, user_held, holder limit ${SLICE}),
    undone as (
      delete from assignments using slice
      where assignments.location_no = ${no} and assignments.asset_no = slice.asset_no
        and assignments.user_held = slice.user_held and assignments.holder = slice.holder
        and slice.seen_in > ${generation}::integer returning 1),
    unmarked as (
      update assignments set gone_in = null from slice
      where assignments.location_no = ${no} and assignments.asset_no = slice.asset_no
        and assignments.user_held = slice.user_held and assignments.holder = slice.holder
        and slice.seen_in <= ${generation}::integer and slice.gone_in > ${generation}::integer returning 1)
    select asset_no as "assetNo", user_held as "userHeld", holder,
      (select count(*)::integer from slice) as seen,
      (select count(*)::integer from undone) as undone,
      (select count(*)::integer from unmarked) as unmarked
    from slice order by asset_no desc, user_held desc, holder desc limit 1`.execute(trx);
  const [last] = rows;
  if (last === undefined) return null;
  const { assetNo, userHeld, holder, seen, undone, unmarked } = last;
  await addToSums(trx, no, { coming: -undone, going: -unmarked });
  return seen < SLICE ? null : { assetNo, userHeld, holder };
}
