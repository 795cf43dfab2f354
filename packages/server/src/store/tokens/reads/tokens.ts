import type { ContentToken, Identity, TokenRow as TokenListRow, TokenState } from '@winesap/api';
import { daysUntil, SEVERITY, type Severity, type TokenRecord } from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import { isRead } from '../../reads/is-read.ts';
import type { Tables } from '../../tables.ts';
import { rowToToken, selectTokens, type TokenRow } from '../token-row.ts';
import { healthView } from './health-view.ts';
import { identityView } from './identity-view.ts';
import { scanView } from './scan-view.ts';

export interface TokenFilter {
  organizationId?: string | undefined;
  state?: TokenState | undefined;
  q?: string | undefined;
}

const WORST_FIRST: Record<Severity, number> = { broken: 0, unknown: 1, soon: 2, checking: 3, ok: 4 };

/** Returns all tokens, worst first, then by days left, so that the next one to expire is higher up. */
export async function readTokenRows(db: Kysely<Tables>, filter: TokenFilter, now: Date): Promise<TokenListRow[]> {
  let query = selectCounted(db).where('content_tokens.removed_at', 'is', null);
  if (filter.organizationId !== undefined)
    query = query.where('content_tokens.organization_id', '=', filter.organizationId);
  if (filter.state !== undefined) query = query.where('content_tokens.state', '=', filter.state);
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const like = `%${filter.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([
        eb('locations.name', 'ilike', like),
        eb('organizations.name', 'ilike', like),
        eb('policies.name', 'ilike', like),
        eb('content_tokens.apple_id', 'ilike', like),
        eb('content_tokens.location_uid', 'ilike', like),
      ]),
    );
  }
  const rows = (await query.execute()).map((row) => listRow(row, now));
  return rows.sort(
    (a, b) =>
      WORST_FIRST[a.health.severity] - WORST_FIRST[b.health.severity] ||
      (a.daysLeft ?? 9999) - (b.daysLeft ?? 9999) ||
      a.locationName.localeCompare(b.locationName),
  );
}

export async function readToken(db: Kysely<Tables>, id: string, now: Date): Promise<ContentToken | null> {
  // The scan first: a reader who sees that it succeeded also sees its results.
  const scan = await db
    .selectFrom('scans')
    .selectAll()
    .where('token_id', '=', id)
    .orderBy('queued_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = await selectCounted(db, id)
    .where('content_tokens.id', '=', id)
    .where('content_tokens.removed_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    ...refOf(row),
    identity: storedIdentity(row),
    mode: row.mode,
    version: row.version,
    fileName: row.file_name,
    daysLeft: row.expires_at === null ? null : daysUntil(row.expires_at, now),
    health: healthView(row, row.event_id, now),
    tokenInheritance: row.token_inheritance,
    addedAt: iso(row.added_at),
    addedBy: row.added_by,
    renewedAt: iso(row.renewed_at),
    renewedBy: row.renewed_by,
    lastSyncAt: iso(row.synced_at),
    assets: row.asset_count,
    lowAssets: row.low_count,
    assignments: row.assignment_count,
    scan: scan === undefined ? null : scanView(scan, now),
    expiryDays: row.expiry_days,
  };
}

/** Returns the token with the facts that decide what is allowed with it. */
export async function readTokenRecord(db: Kysely<Tables>, id: string | null): Promise<TokenRecord | null> {
  if (id === null) return null;
  const row = await selectTokens(db).where('content_tokens.id', '=', id).executeTakeFirst();
  return row === undefined || row.removed_at !== null ? null : rowToToken(row);
}

function storedIdentity(row: TokenRow): Identity {
  const { identity, claim } = rowToToken(row);
  return identityView(identity, claim, row.mdm_seen_at);
}

/**
 * Returns one token or all of them. Assets are counted once for all, because a count per row takes ten times as long.
 */
function selectCounted(db: Kysely<Tables>, tokenId?: string) {
  const counted = db
    .selectFrom('assets')
    .select([
      'location_uid',
      sql<number>`(count(*) filter (where gone_at is null and listed_at is not null))::int`.as('listed'),
      sql<number>`count(low_since)::int`.as('low'),
    ])
    .$if(tokenId !== undefined, (query) =>
      query.where('location_uid', '=', (eb) =>
        eb
          .selectFrom('content_tokens')
          .select('location_uid')
          .where('id', '=', tokenId ?? ''),
      ),
    )
    .groupBy('location_uid')
    .as('counted');
  return (
    selectTokens(db)
      .leftJoin(counted, 'counted.location_uid', 'content_tokens.location_uid')
      .leftJoin('readings', 'readings.location_uid', 'content_tokens.location_uid')
      // Null until the location was scanned: the counts are unknown then, not zero.
      .select([
        sql<number | null>`case when ${isRead()} then coalesce(counted.listed, 0) end`.as('asset_count'),
        sql<number | null>`case when ${isRead()} then locations.held end`.as('assignment_count'),
        sql<number>`coalesce(counted.low, 0)`.as('low_count'),
        sql<boolean>`exists (select from scans where location_uid = content_tokens.location_uid and state in ('queued', 'running'))`.as(
          'scanning',
        ),
        sql<
          number | null
        >`(select max(id) from events where token_id = content_tokens.id and code = 'token.' || content_tokens.state)`.as(
          'event_id',
        ),
      ])
  );
}

type CountedRow = Awaited<ReturnType<ReturnType<typeof selectCounted>['executeTakeFirstOrThrow']>>;

function refOf(row: TokenRow) {
  return {
    tokenId: row.id,
    organizationId: row.organization_id,
    organizationName: row.customer_name,
    policyId: row.policy_id ?? '',
    policyName: row.policy_name,
  };
}

function listRow(row: CountedRow, now: Date): TokenListRow {
  return {
    ...refOf(row),
    uId: row.location_uid,
    locationName: row.location_name ?? row.location_uid,
    appleId: row.apple_id,
    mode: row.mode,
    health: healthView(row, row.event_id, now),
    expiresAt: iso(row.expires_at),
    daysLeft: row.expires_at === null ? null : daysUntil(row.expires_at, now),
    lastSyncAt: iso(row.synced_at),
    assets: row.asset_count,
    lowAssets: row.low_count,
    scanning: row.scanning,
  };
}

export function countBySeverity(rows: readonly TokenListRow[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { broken: 0, soon: 0, unknown: 0, checking: 0, ok: 0 };
  for (const row of rows) counts[SEVERITY[row.health.state]] += 1;
  return counts;
}
