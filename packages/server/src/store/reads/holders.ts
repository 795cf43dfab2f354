import type { Holder } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { HELD_NOW } from '../held-now.ts';
import type { Tables } from '../tables.ts';
import type { AssetKey } from './asset-detail.ts';
import type { Page } from './assets.ts';
import { readCursor, writeCursor } from './cursor.ts';

export interface HolderFilter {
  q?: string | undefined;
  kind?: 'device' | 'user' | undefined;
}

/** Who holds an asset: devices first, each kind by name. */
export async function readHolderPage(
  db: Kysely<Tables>,
  { uId, adamId, pricingParam }: AssetKey,
  filter: HolderFilter,
  page: Page,
): Promise<{ holders: Holder[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('locations')
    .innerJoin('assets', 'assets.location_uid', 'locations.uid')
    .innerJoin('assignments', (join) =>
      join.onRef('assignments.location_no', '=', 'locations.no').onRef('assignments.asset_no', '=', 'assets.no'),
    )
    .select(['user_held', 'holder'])
    .where('locations.uid', '=', uId)
    .where('assets.adam_id', '=', adamId)
    .where('assets.pricing_param', '=', pricingParam)
    .where(HELD_NOW)
    .orderBy('user_held')
    .orderBy('holder')
    .limit(page.limit + 1);
  if (filter.kind !== undefined) query = query.where('user_held', '=', filter.kind === 'user');
  if (filter.q) query = query.where(sql<boolean>`starts_with(lower(holder), ${filter.q.toLowerCase()})`);
  if (page.cursor !== undefined) {
    const [kind, holder] = readCursor(page.cursor, ['string', 'string']);
    query = query.where(sql<boolean>`(user_held, holder) > (${kind === 'user'}, ${holder})`);
  }
  const found = await query.execute();
  const rows = found.map(({ user_held, holder }): Holder => ({ kind: user_held ? 'user' : 'device', holder }));
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    holders: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? writeCursor([last.kind, last.holder]) : null,
  };
}
