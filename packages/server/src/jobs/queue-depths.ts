import { sql } from 'kysely';
import type { Database } from '../store/engine/open-database.ts';
import { JOBS } from './jobs.ts';

export interface QueueDepth {
  queue: string;
  /** Ready, or due later. */
  waiting: number;
  running: number;
}

/**
 * Counts how many jobs wait and run now, and how many checks are due. The queue's own statistics may be an hour old.
 */
export async function queueDepths({ db }: Database): Promise<QueueDepth[]> {
  const { rows } = await sql<QueueDepth>`
    select name as queue, (count(*) filter (where state <> 'active'))::float8 as waiting,
      (count(*) filter (where state = 'active'))::float8 as running
    from jobs.job where state in ('created', 'retry', 'active') group by name`.execute(db);
  const found = new Map(rows.map((row) => [row.queue, row]));
  const due = await sql<{ waiting: number }>`
    select count(*)::float8 as waiting from content_tokens where removed_at is null and next_check_at <= now()`.execute(
    db,
  );
  return [
    ...Object.keys(JOBS).map((queue) => found.get(queue) ?? { queue, waiting: 0, running: 0 }),
    { queue: 'check', waiting: due.rows[0]?.waiting ?? 0, running: 0 },
  ];
}
