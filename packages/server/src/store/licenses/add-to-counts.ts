import type { CountChange, CountOutcome } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/**
 * Adds what notifications and releases report to counts. No count becomes negative: the excess is dropped and reported
 * as a contradiction. An unknown count stays unknown. Returns the outcome for each, in the given order.
 */
export async function addToCounts(
  trx: Transaction<Tables>,
  uId: string,
  changes: readonly CountChange[],
): Promise<CountOutcome[]> {
  if (changes.length === 0) return [];
  const { rows } = await sql<{ at: number; outcome: CountOutcome }>`
    with told as (
      select * from unnest(
        ${changes.map(({ adamId }) => adamId)}::text[],
        ${changes.map(({ pricingParam }) => pricingParam)}::text[],
        ${changes.map(({ assigned }) => assigned)}::bigint[],
        ${changes.map(({ total }) => total)}::bigint[],
        ${changes.map(({ unreadSince }) => unreadSince)}::timestamptz[],
        ${changes.map(({ readAt }) => readAt)}::timestamptz[])
        with ordinality as told (adam_id, pricing_param, assigned, total, unread_since, read_at, at)),
    known as (
      select told.at, told.assigned as more_assigned, told.total as more_total, told.read_at as as_of, assets.no, assets.unlimited,
        assets.assigned, assets.available, assets.total,
        coalesce(assets.read_at >= told.unread_since, false) as recent
      from told join assets on assets.location_uid = ${uId} and assets.adam_id = told.adam_id
        and assets.pricing_param = told.pricing_param
      where assets.listed_at is not null and assets.gone_at is null
      for update of assets),
    summed as (
      select *, assigned + more_assigned as new_assigned, total + more_total as new_total,
        available + more_total - more_assigned as new_available
      from known where not recent),
    changed as (
      update assets set assigned = case when summed.assigned is null then null
          else least(greatest(summed.new_assigned, 0), 2147483647)::integer end,
        total = case when summed.unlimited or summed.total is null then assets.total
          else least(greatest(summed.new_total, 0), 2147483647)::integer end,
        available = case when summed.unlimited or summed.available is null then assets.available
          else least(greatest(summed.new_available, 0), 2147483647)::integer end,
        read_at = greatest(assets.read_at, summed.as_of)
      from summed where assets.no = summed.no
      returning summed.at, coalesce(summed.new_assigned < 0, false) or not summed.unlimited
        and (coalesce(summed.new_total < 0, false) or coalesce(summed.new_available < 0, false)) as contradicts)
    select told.at::integer as at, case
      when known.no is null then 'unknown' when known.recent then 'recent'
      when changed.contradicts then 'contradicts' else 'done' end as outcome
    from told left join known on known.at = told.at left join changed on changed.at = told.at
    order by told.at`.execute(trx);
  return rows.map(({ outcome }) => outcome);
}
