import type { AssetName, Assignment, CompleteList, Place } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { assetNamesOf } from '../licenses/assignment-rows.ts';
import { addToSums, type LockedLocation } from '../location-lock.ts';
import type { Tables } from '../tables.ts';
import { NEWER } from './newer-assignments.ts';

/** Rows looked at in one transaction: some milliseconds. */
const SLICE = 2000;
/** Of more rows that notifications told, nobody counts which of them the list names. */
const TOLD_AT_MOST = 10_000;

/** What `Staging.countUnlisted` promises. */
export async function countUnlisted(
  trx: Transaction<Tables>,
  { no, held, coming, going }: LockedLocation,
  list: CompleteList,
): Promise<number | null> {
  const { rows: told } = await sql<Place & { stored: boolean }>`
    select asset_no as "assetNo", user_held as "userHeld", holder,
      exists (select from assignments same where same.location_no = newer.location_no and same.asset_no = newer.asset_no
        and same.user_held = newer.user_held and same.holder = newer.holder and same.gone_in is null) as stored
    from newer_assignments newer where location_no = ${no} limit ${TOLD_AT_MOST + 1}`.execute(trx);
  if (told.length > TOLD_AT_MOST) return null;
  const named = await rowsOf(trx, told);
  const storedAndTold = told.filter(({ stored }) => stored).length;
  const listedAndTold = named.filter((row) => list.has(row)).length;
  return held + coming - going - storedAndTold - (list.size - listedAndTold);
}

/** What `Staging.leaveUnlisted` promises. */
export async function leaveUnlisted(
  trx: Transaction<Tables>,
  { no, generation }: LockedLocation,
  assetNo: number | null,
  list: Pick<CompleteList, 'has'>,
  after: Place | null,
): Promise<{ left: number; next: Place | null }> {
  // In the order of the key, from here on and no further than a slice. Without figures about a table that filled a moment
  // ago the planner would rather sort all of it.
  await sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)`.execute(trx);
  const from = after ?? { assetNo: assetNo ?? 0, userHeld: false, holder: '' };
  const { rows: stored } = await sql<Place & Stored>`
    select asset_no as "assetNo", user_held as "userHeld", holder, ctid::text as tid, seen_in > ${generation} as coming
    from assignments known
    where location_no = ${no} and (location_no, asset_no, user_held, holder)
        > (${no}::integer, ${from.assetNo}::integer, ${from.userHeld}::boolean, ${from.holder}::text)
      ${assetNo === null ? sql`` : sql`and asset_no = ${assetNo}`}
      and gone_in is null and not ${NEWER('known')}
    order by location_no, asset_no, user_held, holder limit ${SLICE}`.execute(trx);
  const named = await rowsOf(trx, stored);
  const unlisted = stored.filter((_, index) => !list.has(named[index] as Assignment));
  if (unlisted.length > 0) await letGo(trx, no, generation, unlisted);
  const last = stored.at(-1);
  const next = last && { assetNo: last.assetNo, userHeld: last.userHeld, holder: last.holder };
  return { left: unlisted.length, next: stored.length < SLICE ? null : (next ?? null) };
}

/** Where a row lies, and whether only this reading has it. */
interface Stored {
  tid: string;
  coming: boolean;
}

/**
 * What is seen is marked until the reading is shown; what only came with this reading goes at once. Rows stay where they
 * lie: whoever would change one waits for the location.
 */
async function letGo(
  trx: Transaction<Tables>,
  no: number,
  generation: number,
  unlisted: readonly Stored[],
): Promise<void> {
  const coming = unlisted.filter((row) => row.coming).map(({ tid }) => tid);
  const seen = unlisted.filter((row) => !row.coming).map(({ tid }) => tid);
  await sql`delete from assignments where ctid = any (${coming}::tid[])`.execute(trx);
  await sql`update assignments set gone_in = ${generation + 1} where ctid = any (${seen}::tid[])`.execute(trx);
  await addToSums(trx, no, { coming: -coming.length, going: seen.length });
}

/** The rows by the names of their assets, in the same order. */
async function rowsOf(trx: Transaction<Tables>, places: readonly Place[]): Promise<Assignment[]> {
  const names = await assetNamesOf(trx, new Set(places.map(({ assetNo }) => assetNo)));
  return places.map(({ assetNo, userHeld, holder }) => ({
    ...(names.get(assetNo) as AssetName),
    holderKind: userHeld ? 'user' : 'device',
    holder,
  }));
}
