import type { TokenState } from '@winesap/core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isRead } from '../../reads/is-read.ts';
import type { Tables } from '../../tables.ts';

interface Place {
  uId: string;
  location: string;
  organization: string;
}

interface Licenses extends Place {
  assets: number;
  low: number;
  /** Null if counts of some assets aren't known. */
  total: number | null;
  assigned: number | null;
  available: number | null;
}

/** Returns every token with its times and the result of its last scan. Ignores scans that were replaced by another. */
export async function readTokenMetrics(db: Kysely<Tables>) {
  const { rows } = await sql<
    Place & {
      state: TokenState;
      expiresAt: Date | null;
      successAt: Date | null;
      checkedAt: Date | null;
      syncedAt: Date | null;
      scanState: 'succeeded' | 'doubtful' | 'failed' | null;
      scanSeconds: number | null;
    }
  >`
    select t.location_uid as "uId", coalesce(l.name, t.location_uid) as location, o.name as organization, t.state,
      t.expires_at as "expiresAt", t.success_at as "successAt", t.checked_at as "checkedAt", t.synced_at as "syncedAt",
      s.state as "scanState", s.seconds as "scanSeconds"
    from content_tokens t
      join locations l on l.uid = t.location_uid
      join organizations o on o.id = t.organization_id
      left join lateral (
        select state, extract(epoch from finished_at - coalesce(started_at, finished_at))::float8 as seconds
        from scans
        where token_id = t.id and finished_at is not null
          and coalesce(failure_code, '') not in ('scan.superseded', 'scan.token-removed')
        order by queued_at desc limit 1
      ) s on true
    where t.removed_at is null
    order by t.location_uid`.execute(db);
  return rows.map(({ scanState, scanSeconds, ...token }) => ({
    ...token,
    lastScan: scanState === null ? null : { succeeded: scanState === 'succeeded', seconds: scanSeconds ?? 0 },
  }));
}

/** Returns sums per scanned location. Unlimited assets have no number to add. */
export async function readLicenseSums(db: Kysely<Tables>): Promise<Licenses[]> {
  const { rows } = await sql<Licenses>`
    select content_tokens.location_uid as "uId", coalesce(l.name, content_tokens.location_uid) as location, o.name as organization,
      count(a.adam_id)::float8 as assets, count(a.low_since)::float8 as low,
      ${knownSum(sql`a.total`)} as total, ${knownSum(sql`a.assigned`)} as assigned, ${knownSum(sql`a.available`)} as available
    from content_tokens
      join locations l on l.uid = content_tokens.location_uid
      join organizations o on o.id = content_tokens.organization_id
      join readings on readings.location_uid = content_tokens.location_uid
      left join assets a on a.location_uid = content_tokens.location_uid and a.gone_at is null and a.listed_at is not null
    where content_tokens.removed_at is null and ${isRead()}
    group by content_tokens.location_uid, l.name, o.name
    order by content_tokens.location_uid`.execute(db);
  return rows;
}

/** Returns null if one of them isn't known, because a partial sum would be wrong. */
function knownSum(count: RawBuilder<unknown>) {
  return sql`case when bool_or(${count} is null and a.no is not null and not a.unlimited) then null
    else coalesce(sum(${count}) filter (where not a.unlimited), 0)::float8 end`;
}

/** Returns the assets with the fewest licenses left, across all locations. */
export async function readScarcestAssets(db: Kysely<Tables>, limit: number) {
  if (limit === 0) return [];
  const { rows } = await sql<Licenses & { adamId: string; pricingParam: string; name: string }>`
    select t.location_uid as "uId", coalesce(l.name, t.location_uid) as location, o.name as organization,
      1::float8 as assets, (a.low_since is not null)::integer::float8 as low, a.total::float8 as total, a.assigned::float8 as assigned, a.available::float8 as available,
      a.adam_id as "adamId", a.pricing_param as "pricingParam", coalesce(m.name, '') as name
    from assets a
      join content_tokens t on t.location_uid = a.location_uid and t.removed_at is null
      join locations l on l.uid = t.location_uid
      join organizations o on o.id = t.organization_id
      left join asset_metadata m on m.adam_id = a.adam_id and m.country = coalesce(lower(l.country), '')
    where a.gone_at is null and not a.unlimited and a.available is not null
    order by a.available, a.location_uid, a.adam_id, a.pricing_param
    limit ${limit}`.execute(db);
  return rows;
}

/** Returns what waits in each channel, and since when. */
export async function readOutbox(db: Kysely<Tables>) {
  const { rows } = await sql<{
    id: string;
    channel: string;
    kind: string;
    disabled: boolean;
    waiting: number;
    held: number;
    oldestAt: Date | null;
  }>`
    select c.id, c.name as channel, c.kind, c.disabled_at is not null as disabled,
      (select count(*)::float8 from deliveries d where d.channel_id = c.id and d.state = 'waiting') as waiting,
      (select count(distinct t.alert_id)::float8 from pending_alerts t where t.channel_id = c.id) as held,
      (select min(d.created_at) from deliveries d where d.channel_id = c.id and d.state = 'waiting') as "oldestAt"
    from channels c
    order by c.name, c.id`.execute(db);
  return rows;
}

/** Returns how many of Apple's notifications wait or failed, across all locations. */
export async function readInboxMetrics(db: Kysely<Tables>) {
  const { rows } = await sql<{ waiting: number; failed: number; oldestAt: Date | null }>`
    select
      (select count(*)::float8 from notifications where processed_at is null and failure is null) as waiting,
      (select count(*)::float8 from notifications where failure is not null) as failed,
      (select min(received_at) from notifications where processed_at is null and failure is null) as "oldestAt"`.execute(
    db,
  );
  return rows[0] ?? { waiting: 0, failed: 0, oldestAt: null };
}
