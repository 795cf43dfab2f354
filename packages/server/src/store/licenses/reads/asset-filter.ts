import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

export interface AssetFilter {
  q?: string | undefined;
  platform?: string | undefined;
  productType?: string | undefined;
  low?: 'true' | 'false' | undefined;
  unlimited?: 'true' | 'false' | undefined;
  gone?: 'true' | 'false' | 'only' | undefined;
}

/** Assets that Apple lists or once listed, each with its location and its data from the storefront. */
export function assetsWithNames(db: Kysely<Tables>) {
  return (
    db
      .selectFrom('assets')
      .innerJoin('locations', 'locations.uid', 'assets.location_uid')
      .leftJoin('asset_metadata', (join) =>
        join
          .onRef('asset_metadata.adam_id', '=', 'assets.adam_id')
          .on('asset_metadata.country', '=', sql<string>`coalesce(lower(locations.country), '')`),
      )
      // An asset that only an assignment has named is not known yet.
      .where('assets.listed_at', 'is not', null)
  );
}

type Named = ReturnType<typeof assetsWithNames>;

export function filterAssets<Q extends Named | SelectQueryBuilder<never, never, object>>(
  query: Q,
  filter: AssetFilter,
): Q {
  let narrowed = query as Named;
  if (filter.gone === 'only') narrowed = narrowed.where('assets.gone_at', 'is not', null);
  else if (filter.gone !== 'true') narrowed = narrowed.where('assets.gone_at', 'is', null);
  if (filter.low !== undefined)
    narrowed = narrowed.where('assets.low_since', filter.low === 'true' ? 'is not' : 'is', null);
  if (filter.unlimited !== undefined) narrowed = narrowed.where('assets.unlimited', '=', filter.unlimited === 'true');
  if (filter.productType !== undefined)
    narrowed = narrowed.where(sql`lower(assets.product_type)`, '=', filter.productType.toLowerCase());
  if (filter.platform !== undefined)
    narrowed = narrowed.where(
      sql<boolean>`exists (select from unnest(assets.platforms) platform where lower(platform) = ${filter.platform.toLowerCase()})`,
    );
  const q = filter.q?.trim() ?? '';
  if (q !== '') {
    const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
    narrowed = narrowed.where((eb) =>
      eb.or([
        eb('asset_metadata.name', 'ilike', like),
        eb('assets.adam_id', 'ilike', like),
        eb('asset_metadata.bundle_id', 'ilike', like),
      ]),
    );
  }
  return narrowed as Q;
}
