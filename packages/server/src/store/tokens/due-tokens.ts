import { DEAD, type Tokens } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

type DueTokens = Pick<Tokens, 'takeForCheck' | 'nextCheckAt' | 'countDueForCheck' | 'spreadChecks' | 'takeForScan'>;

/** Takes the tokens that are due. Several processes may ask at once: each skips rows that another one is taking. */
export function createDueTokens(trx: Transaction<Tables>): DueTokens {
  return {
    async takeForCheck(now, until, limit) {
      const rows = await trx
        .updateTable('content_tokens')
        .set({ next_check_at: until })
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('content_tokens')
            .select('id')
            .where('removed_at', 'is', null)
            .where('next_check_at', '<=', now)
            .orderBy('next_check_at')
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
    async nextCheckAt() {
      const row = await trx
        .selectFrom('content_tokens')
        .select((eb) => eb.fn.min('next_check_at').as('at'))
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row?.at ?? null;
    },
    async countDueForCheck(before) {
      const { count } = await trx
        .selectFrom('content_tokens')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('removed_at', 'is', null)
        .where('next_check_at', '<=', before)
        .executeTakeFirstOrThrow();
      return count;
    },
    async spreadChecks(before, now, overMs) {
      await sql`
        update content_tokens set next_check_at = ${now}::timestamptz + ${overMs}::float8 * late.place * interval '1 millisecond'
        from (
          select id, (row_number() over (order by state in ('healthy', 'expiring', 'claimed-elsewhere'), next_check_at) - 1)::float8
            / count(*) over () as place
          from content_tokens where removed_at is null and next_check_at <= ${before}) late
        where content_tokens.id = late.id and content_tokens.next_check_at <= ${before}`.execute(trx);
    },
    async takeForScan(now, until, limit) {
      const rows = await trx
        .updateTable('content_tokens')
        .set({ next_scan_at: until })
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('content_tokens')
            .select('id')
            .where('removed_at', 'is', null)
            .where('next_scan_at', '<=', now)
            .where('state', 'not in', [...DEAD])
            .orderBy('next_scan_at')
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
