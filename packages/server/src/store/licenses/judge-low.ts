import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { thresholdsInForce } from './threshold-in-force.ts';

/** Which assets to evaluate: those of a location, of a customer, or all. */
export type LowScope = { uId: string } | { organizationId: string } | 'all';

/**
 * Sets for each asset whether it is low now, by the nearest threshold, and since when. Only changes are written. Gone,
 * unlimited, and unowned assets are never low, nor are those with unknown counts. If Apple's answers contradict each
 * other, nothing changes.
 */
export async function judgeLow(trx: Transaction<Tables>, scope: LowScope, now: Date): Promise<void> {
  await sql`
    with recursive ${thresholdsInForce(whereScope(scope))}, judged as (
      select assets.location_uid, assets.adam_id, assets.pricing_param,
        assets.gone_at is null and not assets.unlimited and coalesce(assets.total > 0, false) and
        case coalesce(own.unit, in_force.unit)
          when 'licenses' then coalesce(assets.available <= coalesce(own.amount, in_force.amount), false)
          when 'percent' then coalesce(
            assets.available::bigint * 100 <= assets.total::bigint * coalesce(own.amount, in_force.amount), false)
          else false
        end as low
      from in_force join assets on assets.location_uid = in_force.uid
      left join low_thresholds own on own.location_uid = assets.location_uid and own.adam_id = assets.adam_id
        and own.pricing_param = assets.pricing_param
    )
    update assets set low_since = case when judged.low then ${now}::timestamptz end
    from judged
    where assets.location_uid = judged.location_uid and assets.adam_id = judged.adam_id
      and assets.pricing_param = judged.pricing_param and assets.discrepancy is null and judged.low <> (assets.low_since is not null)`.execute(
    trx,
  );
}

function whereScope(scope: LowScope) {
  if (scope === 'all') return sql`true`;
  return 'uId' in scope ? sql`locations.uid = ${scope.uId}` : sql`tokens.organization_id = ${scope.organizationId}`;
}
