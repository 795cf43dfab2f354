import type { Place } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { LockedLocation } from './location-lock.ts';
import type { Tables } from './tables.ts';

interface Slice {
  /** Only this asset. */
  assetNo: number | null;
  start: Place;
  /** Rows of either side that are looked at, at most. */
  size: number;
  /** Whether notifications told something meanwhile. */
  newer: boolean;
}

export interface SliceSums {
  coming: number;
  going: number;
  /** Where the next slice begins; null when this was the last. */
  end: Place | null;
}

/**
 * Writes the difference between what is staged and what is stored, for the rows after `start`, as of the next generation.
 * Whatever marks an earlier attempt left on these rows are put right on the way.
 */
export async function mergeSlice(
  trx: Transaction<Tables>,
  { no, generation }: LockedLocation,
  { assetNo, start, size, newer }: Slice,
): Promise<SliceSums> {
  // Both sides are read in the order of their keys, from here on and no further than a slice. Without figures about a
  // table that filled a moment ago the planner would rather sort all of it; and compile it, as what is off counts as dear.
  await sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)`.execute(trx);
  const after = sql`location_no = ${no} and (location_no, asset_no, user_held, holder)
      > (${no}::integer, ${start.assetNo}::integer, ${start.userHeld}::boolean, ${start.holder}::text)
    ${assetNo === null ? sql`` : sql`and asset_no = ${assetNo}`}
    order by location_no, asset_no, user_held, holder limit ${size}`;
  // NOTE: `ahead` has to be named: without it, the edge would be compared with itself.
  const within = sql`not exists (select from edge
    where (ahead.asset_no, ahead.user_held, ahead.holder) > (edge.asset_no, edge.user_held, edge.holder))`;
  const same = sql`assignments.location_no = ${no} and assignments.asset_no = difference.asset_no
    and assignments.user_held = difference.user_held and assignments.holder = difference.holder`;
  const untold = sql`not exists (select from newer_assignments told where told.location_no = ${no}
    and told.asset_no = difference.asset_no and told.user_held = difference.user_held and told.holder = difference.holder)`;
  const { rows } = await sql<{
    added: number;
    revived: number;
    unmarked: number;
    marked: number;
    dropped: number;
    edge: Place | null;
  }>`
    with listed_ahead as materialized (select asset_no, user_held, holder from staged_assignments where ${after}),
    stored_ahead as materialized (select asset_no, user_held, holder, seen_in, gone_in from assignments where ${after}),
    edge as materialized (
      select * from (
        (select asset_no, user_held, holder from listed_ahead offset ${size - 1} limit 1)
        union all
        (select asset_no, user_held, holder from stored_ahead offset ${size - 1} limit 1)) ends
      order by asset_no, user_held, holder limit 1),
    listed as (select * from listed_ahead ahead where ${within}),
    stored as (select * from stored_ahead ahead where ${within}),
    difference as materialized (
      select * from (
        select asset_no, user_held, holder, listed.asset_no is not null as listed, seen_in, gone_in
        from listed full join stored using (asset_no, user_held, holder)
        where listed.asset_no is null or stored.asset_no is null or stored.gone_in is not null) difference
      where ${newer ? untold : sql`true`}),
    added as (
      insert into assignments (location_no, asset_no, user_held, holder, seen_in)
      select ${no}::integer, asset_no, user_held, holder, ${generation + 1}::integer
      from difference where listed and seen_in is null returning 1),
    kept as (
      update assignments
      set gone_in = null,
        seen_in = case when difference.gone_in <= ${generation}::integer then ${generation + 1}::integer else difference.seen_in end
      from difference where listed and difference.gone_in is not null and ${same}
      returning difference.gone_in <= ${generation}::integer as revived),
    marked as (
      update assignments set gone_in = ${generation + 1}::integer from difference
      where not listed and difference.seen_in <= ${generation}::integer and difference.gone_in is null and ${same}
      returning 1),
    dropped as (
      delete from assignments using difference
      where not listed and ${same}
        and (difference.seen_in > ${generation}::integer or difference.gone_in <= ${generation}::integer)
      returning difference.seen_in > ${generation}::integer as coming)
    select (select count(*)::integer from added) as added,
      (select count(*) filter (where revived)::integer from kept) as revived,
      (select count(*) filter (where not revived)::integer from kept) as unmarked,
      (select count(*)::integer from marked) as marked,
      (select count(*) filter (where coming)::integer from dropped) as dropped,
      (select jsonb_build_object('assetNo', asset_no, 'userHeld', user_held, 'holder', holder) from edge) as edge`.execute(
    trx,
  );
  const [sums] = rows;
  if (sums === undefined) throw new Error('A slice gave no sums.');
  return { coming: sums.added + sums.revived - sums.dropped, going: sums.marked - sums.unmarked, end: sums.edge };
}
