import type { Asset, AssetList } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import { iso } from './apple-said.ts';

export interface AssetFilter {
  q?: string | undefined;
  gone?: boolean | undefined;
}

/** The assets of the location a token opens, by name. */
export async function readAssets(db: Kysely<Tables>, tokenId: string, filter: AssetFilter): Promise<AssetList> {
  let query = db
    .selectFrom('content_tokens')
    .innerJoin('locations', 'locations.uid', 'content_tokens.location_uid')
    .innerJoin('assets', 'assets.location_uid', 'locations.uid')
    .leftJoin('asset_metadata', (join) =>
      join
        .onRef('asset_metadata.adam_id', '=', 'assets.adam_id')
        .on('asset_metadata.country', '=', sql<string>`coalesce(lower(locations.country), '')`),
    )
    .selectAll('assets')
    .select(['asset_metadata.name', 'asset_metadata.icon_url'])
    .where('content_tokens.id', '=', tokenId);
  if (filter.gone !== true) query = query.where('assets.gone_at', 'is', null);
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const like = `%${filter.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) => eb.or([eb('asset_metadata.name', 'ilike', like), eb('assets.adam_id', 'ilike', like)]));
  }
  const rows = await query
    .orderBy(sql`lower(asset_metadata.name) nulls last, assets.adam_id, assets.pricing_param`)
    .execute();
  const synced = await db.selectFrom('content_tokens').select('synced_at').where('id', '=', tokenId).executeTakeFirst();
  const assets = rows.map(
    (row): Asset => ({
      adamId: row.adam_id,
      pricingParam: row.pricing_param,
      productType: row.product_type,
      name: row.name,
      iconUrl: row.icon_url === null ? null : `/api/icons/${row.adam_id}`,
      platforms: row.platforms,
      unlimited: row.unlimited,
      total: row.unlimited ? null : row.total,
      assigned: row.assigned,
      available: row.unlimited ? null : row.available,
      retired: row.unlimited ? null : row.retired,
      deviceAssignable: row.device_assignable,
      revocable: row.revocable,
      gone: row.gone_at !== null,
      readAt: iso(row.read_at),
    }),
  );
  const present = assets.filter(({ gone }) => !gone);
  return {
    tokenId,
    readAt: iso(synced?.synced_at ?? null),
    assets,
    totals: {
      assets: present.length,
      assigned: present.reduce((sum, { assigned }) => sum + assigned, 0),
      available: present.reduce((sum, { available }) => sum + (available ?? 0), 0),
    },
  };
}

/** Names of assets in a storefront, where the store gave them. */
export async function readAssetNames(db: Kysely<Tables>, country: string | null): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('asset_metadata')
    .select(['adam_id', 'name'])
    .where('country', '=', country?.toLowerCase() ?? '')
    .where('name', 'is not', null)
    .execute();
  return new Map(rows.map(({ adam_id, name }) => [adam_id, name ?? '']));
}
