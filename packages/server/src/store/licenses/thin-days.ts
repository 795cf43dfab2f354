import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** For this many days, every day's row is kept; after that the last of each week, then the last of each month. */
const DAILY_DAYS = 400;
const WEEKLY_DAYS = 3 * 366;
/** The number deleted per transaction, small enough that nothing waits for it. The rest is deleted the next night. */
const AT_ONCE = 20_000;

/** Keeps only the last changed day of old weeks and months. Returns the number of rows deleted. */
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
