import type { AssetDay } from '@winesap/api';
import { type Kysely, type Selectable, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';
import type { AssetKey } from './asset-detail.ts';
import { countsView } from './asset-view.ts';

/**
 * Returns the days on which something changed, oldest first, including the last one before `from`, which still applied
 * then.
 */
export async function readHistory(
  db: Kysely<Tables>,
  key: AssetKey,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<AssetDay[]> {
  let query = daysOf(db, key).orderBy('asset_days.day');
  if (to !== undefined) query = query.where('asset_days.day', '<=', to);
  if (from !== undefined) {
    const before = await readAsOf(db, key, from);
    query = query.where('asset_days.day', '>=', before?.day ?? from);
  }
  return (await query.execute()).map(dayView);
}

/** Returns the known counts at the end of a day. Null before the first scan. */
export async function readAsOf(db: Kysely<Tables>, key: AssetKey, day: string): Promise<AssetDay | null> {
  const row = await daysOf(db, key)
    .where('asset_days.day', '<=', day)
    .orderBy('asset_days.day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : dayView(row);
}

export async function readKnownFrom(db: Kysely<Tables>, key: AssetKey): Promise<string | null> {
  const row = await daysOf(db, key)
    .clearSelect()
    .select(sql<string | null>`min(asset_days.day)::text`.as('day'))
    .executeTakeFirst();
  return row?.day ?? null;
}

function daysOf(db: Kysely<Tables>, { uId, adamId, pricingParam }: AssetKey) {
  return db
    .selectFrom('asset_days')
    .innerJoin('assets', 'assets.no', 'asset_days.asset_no')
    .selectAll('asset_days')
    .where('assets.location_uid', '=', uId)
    .where('assets.adam_id', '=', adamId)
    .where('assets.pricing_param', '=', pricingParam);
}

function dayView(row: Selectable<Tables['asset_days']>): AssetDay {
  const counts = countsView(row);
  return { day: row.day, readAt: iso(row.read_at), ...counts, gone: row.gone };
}
