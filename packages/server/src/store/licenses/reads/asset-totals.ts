import type { AssetTotals } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';
import { type AssetFilter, assetsWithNames, filterAssets } from './asset-filter.ts';

/** Then the totals are unknown, which is not zero. */
const NEVER_READ = (uId: string) => sql`not exists (select from readings where location_uid = ${uId})`;

/** Returns sums over everything that matches a filter; assets that are gone are only counted. */
export async function readTotals(
  db: Kysely<Tables>,
  { uId }: { uId: string },
  filter: AssetFilter,
): Promise<AssetTotals> {
  const totals = await filterAssets(assetsWithNames(db), { ...filter, gone: filter.gone === 'only' ? 'only' : 'true' })
    .where('assets.location_uid', '=', uId)
    .select([
      sql<number>`(count(*) filter (where assets.gone_at is null))::int`.as('assets'),
      sql<
        number | null
      >`case when ${NEVER_READ(uId)} or bool_or(assets.assigned is null and assets.gone_at is null) then null
        else coalesce(sum(assets.assigned) filter (where assets.gone_at is null), 0)::float8 end`.as('assigned'),
      sql<number | null>`case
        when ${NEVER_READ(uId)} or bool_or(assets.available is null and assets.gone_at is null and not assets.unlimited) then null
        else coalesce(sum(assets.available) filter (where assets.gone_at is null and not assets.unlimited), 0)::float8
        end`.as('available'),
      sql<number>`(count(*) filter (where assets.low_since is not null))::int`.as('low'),
      sql<number>`(count(*) filter (where assets.gone_at is not null))::int`.as('gone'),
      sql<number>`(count(*) filter (where asset_metadata.name is null and assets.gone_at is null))::int`.as('unnamed'),
    ])
    .executeTakeFirstOrThrow();
  return totals;
}
