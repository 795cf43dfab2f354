import type { ListedPart, Place, Staging } from '@winesap/core';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import { type AssignmentColumns, assetNoOf, columnsOf } from '../licenses/assignment-rows.ts';
import { addToSums, type LockedLocation, lockLocation } from '../location-lock.ts';
import type { Tables } from '../tables.ts';
import { isTaken } from '../violations.ts';
import { countUnlisted, leaveUnlisted } from './leave-unlisted.ts';
import { NEWER } from './newer-assignments.ts';

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
    async add(uId, rows) {
      if (rows.length === 0) return new Map();
      const location = await lockLocation(trx, uId);
      return addRows(trx, location, await columnsOf(trx, uId, rows));
    },
    async addNew(uId, rows) {
      if (rows.length === 0) return 0;
      const location = await lockLocation(trx, uId);
      return addNewRows(trx, location, await columnsOf(trx, uId, rows));
    },
    async keepMarks(uId, { marks, counts }) {
      if (marks.length === 0) return;
      await sql`insert into pass_marks (location_no, marks, counts)
        values (${await numberOf(uId)}, ${marks}, ${JSON.stringify(counts)}::jsonb)`.execute(trx);
    },
    async marks(uId) {
      const { rows } = await sql<ListedPart>`
        select marks, counts from pass_marks where location_no = ${await numberOf(uId)} order by no`.execute(trx);
      return rows;
    },
    async forgetMarks(uId) {
      await sql`delete from pass_marks where location_no = ${await numberOf(uId)}`.execute(trx);
    },
    countUnlisted: async (uId, list) => countUnlisted(trx, await lockLocation(trx, uId), list),
    async leaveUnlisted(uId, asset, list, after) {
      const location = await lockLocation(trx, uId);
      const assetNo = asset === null ? null : await assetNoOf(trx, uId, asset);
      return leaveUnlisted(trx, location, assetNo, list, after);
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

/**
 * Makes rows held as of the next generation, and says how many were not before. Rows that are held are only looked at:
 * `on conflict` would lock them, and a lock is written to the disk. Others may be there still: gone and kept for somebody
 * who reads their generation, or let go of a moment ago by this reading.
 */
async function addRows(
  trx: Transaction<Tables>,
  { no, generation }: LockedLocation,
  { assetNos, usersHold, holders, keyOf }: AssignmentColumns,
): Promise<Map<string, number>> {
  const { newer, gone } = await oddRows(trx, no);
  // A question for each row, which the planner cannot turn into one about the whole table: it has no figures about a table
  // that filled a moment ago.
  const known = (
    what: RawBuilder<unknown>,
  ) => sql`(select ${what} from assignments known where known.location_no = ${no}
    and known.asset_no = read.asset_no and known.user_held = read.user_held and known.holder = read.holder)`;
  const back = sql`back as (
      update assignments set gone_in = null,
        seen_in = case when gone_in <= ${generation}::integer then ${generation + 1}::integer else seen_in end
      where ctid = any (array(select ${known(sql`ctid`)} from read)) and gone_in is not null
      returning asset_no, seen_in > ${generation}::integer as new),`;
  const { rows: added } = await sql<{ asset_no: number; count: number }>`
    with read as (
      select * from (select ${no}::integer, * from unnest(${assetNos}::integer[], ${usersHold}::boolean[], ${holders}::text[]))
        as read (location_no, asset_no, user_held, holder)
      where ${newer ? sql`not ${NEWER('read')}` : sql`true`}),
    ${gone ? back : sql``}
    fresh as (
      insert into assignments (location_no, asset_no, user_held, holder, seen_in)
      select *, ${generation + 1}::integer from read where ${known(sql`true`)} is null
      returning asset_no, true as new),
    added as (select * from fresh ${gone ? sql`union all select * from back` : sql``}),
    summed as (
      update locations set coming = coming + (select count(*)::integer from added where new),
        going = going - (select count(*)::integer from added where not new)
      where no = ${no} and exists (select from added))
    select asset_no, count(*)::integer as count from added where new group by asset_no`.execute(trx);
  return new Map(added.map(({ asset_no, count }) => [keyOf(asset_no), count]));
}

/** The key itself finds out whether a row is there already: no question is asked for it. */
async function addNewRows(
  trx: Transaction<Tables>,
  { no, generation }: LockedLocation,
  { assetNos, usersHold, holders }: AssignmentColumns,
): Promise<number | null> {
  await sql`savepoint new_rows`.execute(trx);
  try {
    const added = await sql`
      with told as materialized (
        select exists (select from newer_assignments where location_no = ${no}) as something),
      summed as (
        update locations set coming = coming + ${holders.length}::integer
        where no = ${no} and not (select something from told))
      insert into assignments (location_no, asset_no, user_held, holder, seen_in)
      select ${no}::integer, *, ${generation + 1}::integer
      from unnest(${assetNos}::integer[], ${usersHold}::boolean[], ${holders}::text[])
      where not (select something from told)`.execute(trx);
    await sql`release savepoint new_rows`.execute(trx);
    return added.numAffectedRows === 0n ? null : holders.length;
  } catch (error) {
    if (!isTaken(error, 'assignments_pkey')) throw error;
    await sql`rollback to savepoint new_rows`.execute(trx);
    return null;
  }
}

/** Whether notifications told anything since the reading began, and whether rows are there that are not held any more. */
async function oddRows(trx: Transaction<Tables>, no: number): Promise<{ newer: boolean; gone: boolean }> {
  const { rows } = await sql<{ newer: boolean; gone: boolean }>`
    select exists (select from newer_assignments where location_no = ${no}) as newer,
      exists (select from assignments where location_no = ${no} and gone_in is not null) as gone`.execute(trx);
  return rows[0] ?? { newer: true, gone: true };
}

/** Undoes the marks that an unfinished reading made on one slice. */
async function clearSlice(
  trx: Transaction<Tables>,
  { no, generation }: LockedLocation,
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
