import type { ThresholdScope, ThresholdSetting } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';
import { threshold } from './asset-view.ts';

/** Returns all thresholds: the installation's first, then from wide to narrow. */
export async function readThresholds(db: Kysely<Tables>): Promise<ThresholdSetting[]> {
  const rows = await db
    .selectFrom('low_thresholds')
    .leftJoin('organizations', 'organizations.id', 'low_thresholds.organization_id')
    .leftJoin('policies', 'policies.id', 'low_thresholds.policy_id')
    .leftJoin('locations', 'locations.uid', 'low_thresholds.location_uid')
    .leftJoin('asset_metadata', (join) =>
      join
        .onRef('asset_metadata.adam_id', '=', 'low_thresholds.adam_id')
        .on('asset_metadata.country', '=', sql<string>`coalesce(lower(locations.country), '')`),
    )
    .selectAll('low_thresholds')
    .select([
      'organizations.name as organization_name',
      'policies.name as policy_name',
      'locations.name as location_name',
      'asset_metadata.name as asset_name',
    ])
    .execute();
  const settings = rows.map((row): ThresholdSetting & { rank: number } => ({
    ...scopeOf(row),
    threshold: threshold(row.unit, row.amount),
  }));
  return settings
    .sort((a, b) => a.rank - b.rank || a.label.localeCompare(b.label))
    .map(({ rank: _, ...setting }) => setting);
}

interface ScopeColumns {
  organization_id: string | null;
  policy_id: string | null;
  location_uid: string | null;
  adam_id: string | null;
  pricing_param: string | null;
  organization_name: string | null;
  policy_name: string | null;
  location_name: string | null;
  asset_name: string | null;
}

function scopeOf(row: ScopeColumns): { scope: ThresholdScope; label: string; rank: number } {
  if (row.organization_id !== null)
    return {
      scope: { kind: 'organization', organizationId: row.organization_id },
      label: row.organization_name ?? '',
      rank: 1,
    };
  if (row.policy_id !== null)
    return { scope: { kind: 'policy', policyId: row.policy_id }, label: row.policy_name ?? '', rank: 2 };
  if (row.location_uid === null) return { scope: { kind: 'installation' }, label: 'Everywhere else', rank: 0 };
  const adamId = row.adam_id ?? '';
  return {
    scope: { kind: 'asset', uId: row.location_uid, adamId, pricingParam: row.pricing_param ?? '' },
    label: `${row.asset_name ?? adamId}, ${row.location_name ?? row.location_uid}`,
    rank: 3,
  };
}
