import type { Holder } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
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
    .selectFrom('assignments')
    .select(['holder_kind as kind', 'holder'])
    .where('location_uid', '=', uId)
    .where('adam_id', '=', adamId)
    .where('pricing_param', '=', pricingParam)
    .orderBy('holder_kind')
    .orderBy('holder')
    .limit(page.limit + 1);
  if (filter.kind !== undefined) query = query.where('holder_kind', '=', filter.kind);
  if (filter.q) query = query.where(sql<boolean>`starts_with(lower(holder), ${filter.q.toLowerCase()})`);
  if (page.cursor !== undefined) {
    const [kind, holder] = readCursor(page.cursor, ['string', 'string']);
    query = query.where(sql<boolean>`(holder_kind, holder) > (${kind}, ${holder})`);
  }
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    holders: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? writeCursor([last.kind, last.holder]) : null,
  };
}
