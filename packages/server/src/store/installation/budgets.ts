import { type RequestBudget, UNUSED } from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

/** The channel on which processes learn that another one wants a location's budget, or that it is free or paused. */
export const BUDGETS_CHANNEL = 'winesap_budgets';

export interface BudgetNote {
  uId: string;
  /** The sender, which ignores its own messages. */
  sender: string;
}

interface Stored {
  budget: RequestBudget;
  revision: string;
}

/**
 * One row per location, read and changed without a transaction: a change counts only if no other process changed the
 * row in between. The database's clock is read before the change, so that a lease never ends later there than here.
 */
export function createBudgets(db: Kysely<Tables>) {
  return {
    async change<T>(
      uId: string,
      decide: (budget: RequestBudget, now: number) => { budget: RequestBudget; notify: boolean; result: T },
      sender: string,
    ): Promise<T> {
      for (;;) {
        const { stored, now } = await read(db, uId);
        const { budget, notify, result } = decide(stored?.budget ?? UNUSED, now);
        const note = notify ? JSON.stringify({ uId, sender } satisfies BudgetNote) : null;
        if (await replace(db, uId, stored, budget, note)) return result;
      }
    },
  };
}

async function read(db: Kysely<Tables>, uId: string): Promise<{ stored: Stored | null; now: number }> {
  const { rows } = await sql<{ budget: RequestBudget | null; revision: string | null; now: number }>`
    select budget, revision, extract(epoch from clock.now)::float8 * 1000 as now
    from (select clock_timestamp() as now) clock left join request_budgets on location_uid = ${uId}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not say what time it is.');
  const { budget, revision, now } = row;
  return { stored: budget === null || revision === null ? null : { budget, revision }, now };
}

/** Returns false if another process was first. */
async function replace(
  db: Kysely<Tables>,
  uId: string,
  before: Stored | null,
  budget: RequestBudget,
  note: string | null,
): Promise<boolean> {
  const text = JSON.stringify(budget);
  const changed =
    before === null
      ? sql`insert into request_budgets (location_uid, budget, revision) values (${uId}, ${text}::jsonb, 1)
          on conflict do nothing returning 1`
      : sql`update request_budgets set budget = ${text}::jsonb, revision = revision + 1
          where location_uid = ${uId} and revision = ${before.revision} returning 1`;
  const { rows } = await sql`
    with changed as (${changed})
    select case when ${note}::text is not null then pg_notify(${BUDGETS_CHANNEL}, ${note}::text) end from changed`.execute(
    db,
  );
  return rows.length === 1;
}
