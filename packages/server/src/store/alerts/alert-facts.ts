import type { AlertFacts, AssetCounts, RuleCondition } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { policyPaths } from '../policy-paths.ts';
import type { Tables } from '../tables.ts';

/** The facts that rules evaluate, for every token. */
export async function readAlertFacts(trx: Transaction<Tables>): Promise<AlertFacts[]> {
  const paths = await policyPaths(trx);
  const rows = await trx
    .selectFrom('content_tokens as t')
    .innerJoin('organizations as o', 'o.id', 't.organization_id')
    .innerJoin('locations as l', 'l.uid', 't.location_uid')
    // Where Winesap asked Apple once to notify us, and has not asked it to stop.
    .leftJoin('hooks as h', (join) =>
      join.onRef('h.location_uid', '=', 't.location_uid').on('h.state', '!=', 'released'),
    )
    .where('t.removed_at', 'is', null)
    .select(sql<Date | null>`greatest(h.received_at, h.set_at)`.as('notified_at'))
    .select(['t.id', 't.organization_id', 't.policy_id', 't.location_uid', 't.expires_at', 't.expiry_days'])
    .select([
      't.state',
      't.state_since',
      't.failure',
      't.state_trail',
      't.synced_at',
      't.added_at',
      't.mode',
      't.claim',
    ])
    .select(['t.mdm_id', 't.mdm_name', 't.claim_wanted', 't.claim_revision'])
    .select(['o.name as organization', 'l.name as location'])
    .execute();
  const failingSince = await readFailingScans(trx);
  return rows.map((row) => ({
    tokenId: row.id,
    organizationId: row.organization_id,
    organizationName: row.organization,
    policyPath: row.policy_id === null ? [] : (paths.get(row.policy_id) ?? []),
    locationName: row.location ?? row.location_uid,
    expiresAt: row.expires_at,
    expiryDays: row.expiry_days,
    state: row.state,
    stateSince: row.state_since,
    failure: row.failure as AlertFacts['failure'],
    stateTrail: row.state_trail.map(({ state, since, until }) => ({
      state,
      since: new Date(since),
      until: new Date(until),
    })),
    readAt: row.synced_at ?? row.added_at,
    scanFailingSince: failingSince.get(row.id) ?? null,
    mode: row.mode,
    claim: row.claim,
    claimId: row.mdm_id,
    claimName: row.mdm_name,
    claimWanted: row.claim_wanted,
    claimRevision: row.claim_revision,
    lastNotificationAt: row.notified_at,
    assets: [],
    failedAssignments: 0,
  }));
}

/** Returns since when scans fail, for tokens whose scans fail. A scan that was replaced by another has not failed. */
async function readFailingScans(trx: Transaction<Tables>): Promise<ReadonlyMap<string, Date>> {
  const rows = await trx
    .selectFrom('scans as s')
    .innerJoin('content_tokens as t', 't.id', 's.token_id')
    .where('t.removed_at', 'is', null)
    .where('s.state', '=', 'failed')
    .where(sql<boolean>`s.queued_at > coalesce(t.synced_at, t.added_at - interval '1 minute')`)
    .where(sql<boolean>`coalesce(s.failure_code, '') not in ('scan.superseded', 'scan.token-removed')`)
    .groupBy('s.token_id')
    .select(['s.token_id', (eb) => eb.fn.min('s.finished_at').as('since')])
    .execute();
  return new Map(rows.flatMap(({ token_id, since }) => (since === null ? [] : [[token_id, since] as const])));
}

/** Returns the number of releases that failed since then, by token. */
export async function readFailedAssignments(
  trx: Transaction<Tables>,
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom('releases')
    .where('state', '=', 'failed')
    .where('finished_at', '>', since)
    .groupBy('token_id')
    .select(['token_id', sql<number>`count(*)::int`.as('failed')])
    .execute();
  return new Map(rows.map(({ token_id, failed }) => [token_id, failed]));
}

/** Returns assets below a threshold, by token. Two indexes answer it, however many assets there are. */
export async function readLowAssets(
  trx: Transaction<Tables>,
  { below, belowPercent, adamIds }: Extract<RuleCondition, { kind: 'licenses' }>,
): Promise<ReadonlyMap<string, AssetCounts[]>> {
  const rows = await trx
    .selectFrom('assets as a')
    .innerJoin('content_tokens as t', 't.location_uid', 'a.location_uid')
    .innerJoin('locations as l', 'l.uid', 'a.location_uid')
    .leftJoin('asset_metadata as m', (join) =>
      join.onRef('m.adam_id', '=', 'a.adam_id').on('m.country', '=', sql<string>`coalesce(lower(l.country), '')`),
    )
    .where('t.removed_at', 'is', null)
    .where('a.gone_at', 'is', null)
    .where('a.listed_at', 'is not', null)
    .where('a.unlimited', '=', false)
    .where('a.total', '>', 0)
    .where('a.available', 'is not', null)
    .where(
      below === null && belowPercent === null
        ? sql<boolean>`a.low_since is not null`
        : sql<boolean>`(a.available < ${below ?? 0} or a.available::float8 / a.total < ${(belowPercent ?? 0) / 100}::float8)`,
    )
    .$if(adamIds.length > 0, (query) => query.where('a.adam_id', 'in', adamIds))
    .select(['t.id', 'a.adam_id', 'a.pricing_param', 'm.name'])
    .select([sql<number>`a.total`.as('total'), sql<number>`a.available`.as('available')])
    .select(sql<boolean>`a.low_since is not null`.as('low'))
    .orderBy('a.adam_id')
    .orderBy('a.pricing_param')
    .execute();
  const byToken = new Map<string, AssetCounts[]>();
  for (const { id, adam_id: adamId, pricing_param: pricingParam, ...counts } of rows)
    byToken.set(id, [...(byToken.get(id) ?? []), { adamId, pricingParam, ...counts }]);
  return byToken;
}
