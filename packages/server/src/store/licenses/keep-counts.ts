import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { judgeLow } from './judge-low.ts';

/**
 * Call this in the transaction that makes counts visible. It records changes in the day's history, where the last scan
 * of the day wins, and recomputes which assets are low. Unchanged counts write nothing.
 */
export async function keepCounts(trx: Transaction<Tables>, uId: string, readAt: Date): Promise<void> {
  await sql`
    insert into asset_days as known (asset_no, day, read_at, total, assigned, available, retired, unlimited, gone)
    select assets.no, (${readAt}::timestamptz at time zone 'UTC')::date, ${readAt}::timestamptz,
      assets.total, assets.assigned, assets.available, assets.retired, assets.unlimited, assets.gone_at is not null
    from assets left join lateral (
      select * from asset_days where asset_no = assets.no order by day desc limit 1
    ) last on true
    where assets.location_uid = ${uId} and assets.listed_at is not null and (
      last.asset_no is null or
      (last.total, last.assigned, last.available, last.retired, last.unlimited, last.gone) is distinct from
      (assets.total, assets.assigned, assets.available, assets.retired, assets.unlimited, assets.gone_at is not null))
    on conflict (asset_no, day) do update set read_at = excluded.read_at, total = excluded.total,
      assigned = excluded.assigned, available = excluded.available, retired = excluded.retired,
      unlimited = excluded.unlimited, gone = excluded.gone`.execute(trx);
  await judgeLow(trx, { uId }, readAt);
}
