import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../src/store/engine/open-database.ts';
import { createDueTokens } from '../src/store/tokens/due-tokens.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

forEachEngine((_engine, open) => {
  let database: Database;
  const ask = <T>(work: (due: ReturnType<typeof createDueTokens>) => Promise<T>): Promise<T> =>
    database.db.transaction().execute((trx) => work(createDueTokens(trx)));

  beforeAll(async () => {
    database = await open();
    await sql`
      with organization as (insert into organizations (name, created_at) values ('Orchard', ${NOW}) returning id)
      insert into policies (organization_id, name, created_at)
      select id, 'Policy ' || n, ${NOW} from organization, generate_series(1, 200) n`.execute(database.db);
    await sql`insert into locations (uid) select id from policies`.execute(database.db);
    await sql`
      insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
        state_since, next_check_at, next_scan_at, added_at, added_by)
      select organization_id, id, id, 'x', 'x', 'watch', 'free', 'healthy', ${NOW}, ${NOW}, ${NOW}, ${NOW}, 'Grower'
      from policies`.execute(database.db);
  });

  beforeEach(async () => {
    await sql`update content_tokens set next_check_at = ${NOW}, next_scan_at = ${NOW}, state = 'healthy'`.execute(
      database.db,
    );
  });

  test('each due check goes to one process, and is due again if it is not made', async () => {
    const taken: string[] = [];
    const taker = async () => {
      for (;;) {
        const some = await ask((due) => due.takeForCheck(NOW, later(60_000), 7));
        if (some.length === 0) return;
        taken.push(...some);
      }
    };
    await Promise.all([taker(), taker(), taker()]);

    expect(taken).toHaveLength(200);
    expect(new Set(taken).size).toBe(200);
    expect(await ask((due) => due.nextCheckAt())).toEqual(later(60_000));
    expect(await ask((due) => due.takeForCheck(later(60_001), later(120_000), 500))).toHaveLength(200);
  });

  test('late checks are spread evenly, tokens in trouble first', async () => {
    await sql`update content_tokens set state = 'unreachable'
      where id in (select id from content_tokens order by id limit 20)`.execute(database.db);
    const now = later(3_600_000);

    expect(await ask((due) => due.countDueForCheck(now))).toBe(200);
    await ask((due) => due.spreadChecks(now, now, 20_000));

    const { rows } = await sql<{ state: string; at: Date }>`
      select state, next_check_at as at from content_tokens order by next_check_at`.execute(database.db);
    expect(rows.slice(0, 20).every(({ state }) => state === 'unreachable')).toBe(true);
    expect(rows.map(({ at }) => at.getTime() - now.getTime())).toEqual(rows.map((_, index) => index * 100));
  });

  test('a location due for a scan is taken once, dead tokens never', async () => {
    await sql`update content_tokens set state = 'revoked'
      where id in (select id from content_tokens order by id limit 50)`.execute(database.db);

    const first = await ask((due) => due.takeForScan(NOW, later(60_000), 100));
    const second = await ask((due) => due.takeForScan(NOW, later(60_000), 100));

    expect([first.length, second.length]).toEqual([100, 50]);
    expect(new Set([...first, ...second]).size).toBe(150);
  });
});
