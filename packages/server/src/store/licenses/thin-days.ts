import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** So many days a row may stand for each day; then the last of each week, then the last of each month. */
const DAILY_DAYS = 400;
const WEEKLY_DAYS = 3 * 366;
/** As many as one transaction takes away: nobody waits for it. The rest goes the next night. */
const AT_ONCE = 20_000;

/** Keeps of old weeks and months only the last day that changed something. Gives how many rows went. */
export async function thinDays(trx: Transaction<Tables>, now: Date): Promise<number> {
  let deleted = 0;
  for (const { unit, days } of [
    { unit: 'month', days: WEEKLY_DAYS },
    { unit: 'week', days: DAILY_DAYS },
  ]) {
    const { numAffectedRows } = await sql`
      delete from asset_days using (
        select early.asset_no, early.day from asset_days early
        where early.day < (${now}::timestamptz at time zone 'UTC')::date - ${days}::integer and exists (
          select from asset_days late
          where late.asset_no = early.asset_no and late.day > early.day
            and late.day < (${now}::timestamptz at time zone 'UTC')::date - ${days}::integer
            and date_trunc(${unit}, late.day::timestamp) = date_trunc(${unit}, early.day::timestamp))
        limit ${AT_ONCE}
      ) old where asset_days.asset_no = old.asset_no and asset_days.day = old.day`.execute(trx);
    deleted += Number(numAffectedRows ?? 0n);
  }
  return deleted;
}
