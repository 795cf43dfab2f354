import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

/**
 * Returns the assets behind the short numbers in a location's assignments, including those that Apple has not listed
 * yet.
 */
export async function readAssetsByNumber(
  db: Kysely<Tables>,
  uId: string,
): Promise<{ no: number; assets: Map<number, { adamId: string; pricingParam: string; name: string | null }> }> {
  const { no } = await db.selectFrom('locations').select('no').where('uid', '=', uId).executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('assets')
    .innerJoin('locations', 'locations.uid', 'assets.location_uid')
    .leftJoin('asset_metadata', (join) =>
      join
        .onRef('asset_metadata.adam_id', '=', 'assets.adam_id')
        .on('asset_metadata.country', '=', sql<string>`coalesce(lower(locations.country), '')`),
    )
    .select(['assets.no', 'assets.adam_id', 'assets.pricing_param', 'asset_metadata.name'])
    .where('assets.location_uid', '=', uId)
    .execute();
  return {
    no,
    assets: new Map(
      rows.map((row) => [row.no, { adamId: row.adam_id, pricingParam: row.pricing_param, name: row.name }]),
    ),
  };
}
