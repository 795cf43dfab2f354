import type { AssetName, Assignment, CompleteList, RowCursor } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { keyOf, startOf } from '../generations/columns-sql.ts';
import type { LockedGeneration } from '../generations/generation-table.ts';
import { letGo } from '../generations/let-go.ts';
import { isOverridden } from '../generations/overridden.ts';
import { rowsAlong, SLICE } from '../generations/rows-along.ts';
import { assetNamesOf } from '../licenses/assignment-rows.ts';
import { ASSIGNMENTS } from '../licenses/assignment-table.ts';
import type { Tables } from '../tables.ts';

/** If notifications changed more rows than this, they aren't compared with the list. */
const OVERRIDES_AT_MOST = 10_000;

/** Implements `Staging.countUnlisted`. */
export async function countUnlisted(
  trx: Transaction<Tables>,
  { no, held, coming, going }: LockedGeneration,
  list: CompleteList,
): Promise<number | null> {
  const { rows: told } = await sql<RowCursor & { stored: boolean }>`
    select asset_no as "assetNo", user_held as "userHeld", holder,
      exists (select from assignments same where same.location_no = newer.location_no and same.asset_no = newer.asset_no
        and same.user_held = newer.user_held and same.holder = newer.holder and same.gone_in is null) as stored
    from assignment_overrides newer where location_no = ${no} limit ${OVERRIDES_AT_MOST + 1}`.execute(trx);
  if (told.length > OVERRIDES_AT_MOST) return null;
  const named = await rowsOf(trx, told);
  const storedOverrides = told.filter(({ stored }) => stored).length;
  const listedOverrides = named.filter((row) => list.has(row)).length;
  return held + coming - going - storedOverrides - (list.size - listedOverrides);
}

/** Implements `Staging.removeUnlisted`. */
export async function removeUnlisted(
  trx: Transaction<Tables>,
  lock: LockedGeneration,
  assetNo: number | null,
  list: Pick<CompleteList, 'has'>,
  after: RowCursor | null,
): Promise<{ left: number; next: RowCursor | null }> {
  const from = after ?? { ...startOf(ASSIGNMENTS), ...(assetNo === null ? {} : { assetNo }) };
  const ofAsset = assetNo === null ? sql`` : sql`and asset_no = ${assetNo}`;
  const which = sql`gone_in is null and not ${isOverridden(ASSIGNMENTS, lock, 'known')} ${ofAsset}`;
  const stored = await rowsAlong(trx, ASSIGNMENTS, lock, from, which);
  const named = await rowsOf(trx, stored);
  const unlisted = stored.filter((_, index) => !list.has(named[index] as Assignment));
  await letGo(trx, ASSIGNMENTS, lock, unlisted);
  const last = stored.at(-1);
  return { left: unlisted.length, next: stored.length < SLICE || last === undefined ? null : keyOf(ASSIGNMENTS, last) };
}

/** Returns the rows with the names of their assets, in the same order. */
async function rowsOf(trx: Transaction<Tables>, places: readonly RowCursor[]): Promise<Assignment[]> {
  const names = await assetNamesOf(trx, new Set(places.map(({ assetNo }) => assetNo)));
  return places.map(({ assetNo, userHeld, holder }) => ({
    ...(names.get(assetNo) as AssetName),
    holderKind: userHeld ? 'user' : 'device',
    holder,
  }));
}
