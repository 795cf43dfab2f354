import type { Asset, Threshold } from '@winesap/api';
import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';
import { thresholdsInForce } from '../threshold-in-force.ts';
import { assetsWithNames } from './asset-filter.ts';

/** Everything that an asset's row shows. */
export function selectAssets(db: Kysely<Tables>) {
  return assetsWithNames(db)
    .leftJoin('low_thresholds as own', (join) =>
      join
        .onRef('own.location_uid', '=', 'assets.location_uid')
        .onRef('own.adam_id', '=', 'assets.adam_id')
        .onRef('own.pricing_param', '=', 'assets.pricing_param'),
    )
    .selectAll('assets')
    .select([
      'asset_metadata.name',
      'asset_metadata.bundle_id',
      'asset_metadata.icon_url',
      'own.unit as own_unit',
      'own.amount as own_amount',
    ]);
}

export type AssetRow = Selectable<Tables['assets']> & {
  name: string | null;
  bundle_id: string | null;
  icon_url: string | null;
  own_unit: Threshold['unit'] | null;
  own_amount: number | null;
};

/** Returns the asset as the API shows it. `inForce` is the threshold of its location. */
export function assetView(row: AssetRow, inForce: InForce): Asset {
  const low: Asset['low'] = {
    isLow: row.low_since !== null,
    since: iso(row.low_since),
    ...(row.own_unit === null
      ? inForce
      : { threshold: threshold(row.own_unit, row.own_amount), from: 'asset' as const }),
  };
  return {
    adamId: row.adam_id,
    pricingParam: row.pricing_param,
    productType: row.product_type,
    name: row.name,
    bundleId: row.bundle_id,
    iconUrl: row.icon_url === null ? null : `/api/icons/${row.adam_id}`,
    platforms: row.platforms,
    ...countsView(row),
    discrepancy: discrepancyView(row.discrepancy),
    deviceAssignable: row.device_assignable,
    revocable: row.revocable,
    low,
    gone: row.gone_at !== null,
    goneAt: iso(row.gone_at),
    readAt: iso(row.read_at),
  };
}

function discrepancyView(stored: unknown): Asset['discrepancy'] {
  if (stored === null) return null;
  const { about, listed, counted, since } = stored as NonNullable<Asset['discrepancy']>;
  return { about, listed, counted, since };
}

/** Unlimited assets show no number except the assigned licenses. */
export function countsView(row: {
  unlimited: boolean;
  total: number | null;
  assigned: number | null;
  available: number | null;
  retired: number | null;
}) {
  return {
    unlimited: row.unlimited,
    total: row.unlimited ? null : row.total,
    assigned: row.assigned,
    available: row.unlimited ? null : row.available,
    retired: row.unlimited ? null : row.retired,
  };
}

export type InForce = Pick<Asset['low'], 'threshold' | 'from'>;

/** Returns the threshold of each of these locations, for assets without their own. */
export async function readInForce(db: Kysely<Tables>, uIds: readonly string[]): Promise<(uId: string) => InForce> {
  const { rows } = await sql<{ uid: string; unit: Threshold['unit']; amount: number | null; source: InForce['from'] }>`
    with recursive ${thresholdsInForce(sql`locations.uid = any(${[...new Set(uIds)]}::text[])`)}
    select * from in_force`.execute(db);
  const found = new Map(
    rows.map(({ uid, unit, amount, source }) => [uid, { threshold: threshold(unit, amount), from: source }]),
  );
  return (uId) => found.get(uId) ?? { threshold: { unit: 'never' }, from: 'installation' };
}

export function threshold(unit: Threshold['unit'], amount: number | null): Threshold {
  return unit === 'never' ? { unit } : { unit, amount: amount ?? 0 };
}
