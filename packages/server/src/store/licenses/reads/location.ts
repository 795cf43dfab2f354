import type { LocationDetail, LocationRef } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';
import { readTotals } from './asset-totals.ts';

/** Locations with their current token, if any. */
export function selectLocations(db: Kysely<Tables>) {
  return db
    .selectFrom('locations')
    .leftJoin('content_tokens', (join) =>
      join.onRef('content_tokens.location_uid', '=', 'locations.uid').on('content_tokens.removed_at', 'is', null),
    )
    .leftJoin('organizations', 'organizations.id', 'content_tokens.organization_id')
    .leftJoin('policies', 'policies.id', 'content_tokens.policy_id')
    .select([
      'locations.uid',
      'locations.name as location_name',
      'content_tokens.id as token_id',
      'organizations.id as organization_id',
      'organizations.name as organization_name',
      'policies.id as policy_id',
      'policies.name as policy_name',
    ]);
}

export interface LocationColumns {
  uid: string;
  location_name: string | null;
  token_id: string | null;
  organization_id: string | null;
  organization_name: string | null;
  policy_id: string | null;
  policy_name: string | null;
}

export function locationRef(row: LocationColumns): LocationRef {
  return {
    uId: row.uid,
    locationName: row.location_name ?? row.uid,
    tokenId: row.token_id,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    policyId: row.policy_id,
    policyName: row.policy_name,
  };
}

/** Returns null if no token ever opened it here. */
export async function readLocationRef(db: Kysely<Tables>, uId: string): Promise<LocationRef | null> {
  const row = await selectLocations(db).where('locations.uid', '=', uId).executeTakeFirst();
  return row === undefined ? null : locationRef(row);
}

export async function readLocation(db: Kysely<Tables>, uId: string): Promise<LocationDetail | null> {
  const row = await selectLocations(db)
    .select(['locations.country', 'content_tokens.mode'])
    .where('locations.uid', '=', uId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const offered = await db
    .selectFrom('assets')
    .select([
      sql<string[]>`coalesce(array_agg(distinct product_type order by product_type), '{}')`.as('product_types'),
      sql<string[]>`array(select distinct unnest(platforms) from assets where location_uid = ${uId} order by 1)`.as(
        'platforms',
      ),
    ])
    .where('location_uid', '=', uId)
    .executeTakeFirst();
  return {
    ...locationRef(row),
    country: row.country,
    mode: row.mode,
    readAt: await readSyncedAt(db, uId),
    totals: await readTotals(db, { uId }, {}),
    platforms: offered?.platforms ?? [],
    productTypes: offered?.product_types ?? [],
  };
}

/** Returns the end of the last successful scan of a location, including scans of removed tokens. */
export async function readSyncedAt(db: Kysely<Tables>, uId: string): Promise<string | null> {
  const row = await db
    .selectFrom('content_tokens')
    .select((eb) => eb.fn.max('synced_at').as('at'))
    .where('location_uid', '=', uId)
    .executeTakeFirst();
  return iso(row?.at ?? null);
}
