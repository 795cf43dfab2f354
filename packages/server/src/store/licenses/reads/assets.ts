import type { AssetList, LocatedAsset } from '@winesap/api';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { readCursor, writeCursor } from '../../reads/cursor.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Page } from '../../reads/page.ts';
import type { Tables } from '../../tables.ts';
import { type AssetFilter, filterAssets } from './asset-filter.ts';
import { readTotals } from './asset-totals.ts';
import { assetView, readInForce, selectAssets } from './asset-view.ts';
import { locationRef, readSyncedAt, selectLocations } from './location.ts';

export interface AssetOrder {
  sort: 'name' | 'total' | 'assigned' | 'available' | 'retired' | 'adamId' | 'readAt';
  order: 'asc' | 'desc';
}

/** Never null, so that a cursor can be compared. Assets without a name come last in either order. */
const NAME = {
  asc: sql<string>`coalesce('0' || lower(asset_metadata.name), '1')`,
  desc: sql<string>`coalesce('1' || lower(asset_metadata.name), '0')`,
};
const KEY: Record<
  Exclude<AssetOrder['sort'], 'name'>,
  { type: 'string' | 'number'; key: RawBuilder<string | number> }
> = {
  adamId: { type: 'string', key: sql`assets.adam_id` },
  total: { type: 'number', key: sql`assets.total` },
  assigned: { type: 'number', key: sql`assets.assigned` },
  available: { type: 'number', key: sql`assets.available` },
  retired: { type: 'number', key: sql`assets.retired` },
  readAt: { type: 'number', key: sql`(extract(epoch from assets.read_at) * 1000)::float8` },
};

/** Returns one page of a location's assets. The order is stable: ties are ordered by number. */
export async function readAssetPage(
  db: Kysely<Tables>,
  place: { uId: string; tokenId: string | null },
  filter: AssetFilter,
  order: AssetOrder,
  page: Page,
): Promise<AssetList> {
  const { rows, nextCursor } = await pageOf(db, place.uId, filter, order, page);
  const inForce = await readInForce(db, [place.uId]);
  return {
    ...place,
    readAt: await readSyncedAt(db, place.uId),
    assets: rows.map((row) => assetView(row, inForce(place.uId))),
    nextCursor,
    totals: await readTotals(db, place, filter),
  };
}

/** Yields all pages, for exports. */
export async function* readAllAssets(db: Kysely<Tables>, uId: string, filter: AssetFilter, order: AssetOrder) {
  const inForce = await readInForce(db, [uId]);
  let cursor: string | undefined;
  do {
    const { rows, nextCursor } = await pageOf(db, uId, filter, order, { limit: 500, cursor });
    for (const row of rows) yield assetView(row, inForce(uId));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function pageOf(db: Kysely<Tables>, uId: string, filter: AssetFilter, order: AssetOrder, page: Page) {
  const { type, key } = order.sort === 'name' ? { type: 'string' as const, key: NAME[order.order] } : KEY[order.sort];
  let query = filterAssets(selectAssets(db), filter)
    .where('assets.location_uid', '=', uId)
    .select(key.as('sort_key'))
    .orderBy(key, order.order)
    .orderBy('assets.adam_id')
    .orderBy('assets.pricing_param')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) {
    const [at, adamId, pricingParam] = readCursor(page.cursor, [type, 'string', 'string']);
    const beyond = order.order === 'asc' ? sql`>` : sql`<`;
    query = query.where(
      sql<boolean>`(${key} ${beyond} ${at} or (${key} = ${at} and (assets.adam_id, assets.pricing_param) > (${adamId}, ${pricingParam})))`,
    );
  }
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor:
      rows.length > page.limit && last !== undefined
        ? writeCursor([last.sort_key, last.adam_id, last.pricing_param])
        : null,
  };
}

/** Returns assets of all locations that currently have a token, by location. */
export async function findAssets(
  db: Kysely<Tables>,
  filter: AssetFilter & { organizationId?: string | undefined },
  page: Page,
): Promise<{ assets: LocatedAsset[]; nextCursor: string | null }> {
  let query = filterAssets(selectAssets(db), filter)
    .innerJoin('content_tokens', (join) =>
      join.onRef('content_tokens.location_uid', '=', 'assets.location_uid').on('content_tokens.removed_at', 'is', null),
    )
    .orderBy('assets.location_uid')
    .orderBy('assets.adam_id')
    .orderBy('assets.pricing_param')
    .limit(page.limit + 1);
  if (filter.organizationId !== undefined)
    query = query.where('content_tokens.organization_id', '=', filter.organizationId);
  if (page.cursor !== undefined) {
    const [uId, adamId, pricingParam] = readCursor(page.cursor, ['string', 'string', 'string']);
    query = query.where(
      sql<boolean>`(assets.location_uid, assets.adam_id, assets.pricing_param) > (${uId}, ${adamId}, ${pricingParam})`,
    );
  }
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const uIds = [...new Set(shown.map(({ location_uid }) => location_uid))];
  const inForce = await readInForce(db, uIds);
  const places = new Map(
    uIds.length === 0
      ? []
      : (await selectLocations(db).where('locations.uid', 'in', uIds).execute()).map((row) => [row.uid, row]),
  );
  return {
    assets: shown.flatMap((row) => {
      const place = places.get(row.location_uid);
      return place === undefined
        ? []
        : [{ ...assetView(row, inForce(row.location_uid)), location: locationRef(place) }];
    }),
    nextCursor:
      rows.length > page.limit && last !== undefined
        ? writeCursor([last.location_uid, last.adam_id, last.pricing_param])
        : null,
  };
}

/** Yields all pages of the same, for exports. */
export function findAllAssets(db: Kysely<Tables>, filter: AssetFilter & { organizationId?: string | undefined }) {
  return everyRow(async (page) => {
    const { assets: rows, nextCursor } = await findAssets(db, filter, page);
    return { rows, nextCursor };
  });
}

/** Returns names of assets in a storefront, where the store has them. */
export async function readAssetNames(db: Kysely<Tables>, country: string | null): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('asset_metadata')
    .select(['adam_id', 'name'])
    .where('country', '=', country?.toLowerCase() ?? '')
    .where('name', 'is not', null)
    .execute();
  return new Map(rows.map(({ adam_id, name }) => [adam_id, name ?? '']));
}
