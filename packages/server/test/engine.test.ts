import { forEachEngine } from '@winesap/testkit/engines';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/store/engine/open-database.ts';

forEachEngine((engine, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
    await sql`create table ledger (owner integer not null, entry integer not null)`.execute(database.db);
  });

  test('a value has the same JavaScript type on every engine', async () => {
    const { rows } = await sql`
      select count(*) as counted, sum(x) as summed, avg(x) as averaged, 1.25::numeric as numeric, 2::int2 as small,
        0.5::float8 as float, true as yes, null as nothing, 'a' as text, '{"a":[1,null]}'::jsonb as jsonb,
        '[1]'::json as json, timestamptz '2026-11-22 10:00:00.123456+02' as instant,
        timestamp '2026-11-22 10:00:00' as local, date '2026-11-22' as day, interval '90 minutes' as span,
        time '10:00' as time, '\\x0aff'::bytea as bytes, 'c0ffee00-0000-4000-8000-000000000000'::uuid as uuid,
        array[1::int8, null] as counts, array[1.5] as numerics, array['a', 'b,"c'] as texts, array[1, 2] as ints,
        array[timestamptz '2026-11-22 10:00:00+00'] as instants, array[date '2026-11-22'] as days
      from (values (1), (2)) as v (x)`.execute(database.db);

    expect(rows).toStrictEqual([
      {
        counted: 2,
        summed: 3,
        averaged: 1.5,
        numeric: 1.25,
        small: 2,
        float: 0.5,
        yes: true,
        nothing: null,
        text: 'a',
        jsonb: { a: [1, null] },
        json: [1],
        instant: new Date('2026-11-22T08:00:00.123Z'),
        local: new Date('2026-11-22T10:00:00Z'),
        day: '2026-11-22',
        span: '01:30:00',
        time: '10:00:00',
        bytes: new Uint8Array([0x0a, 0xff]),
        uuid: 'c0ffee00-0000-4000-8000-000000000000',
        counts: [1, null],
        numerics: [1.5],
        texts: ['a', 'b,"c'],
        ints: [1, 2],
        instants: [new Date('2026-11-22T10:00:00Z')],
        days: ['2026-11-22'],
      },
    ]);
  });

  test('a value comes back as it was sent', async () => {
    const instant = new Date('2026-11-22T10:00:00.123Z');
    const { rows } = await sql`
      select ${instant}::timestamptz as instant, ${JSON.stringify({ a: ["it's"] })}::jsonb as json, ${12}::int8 as count,
        ${['x', 'y']}::text[] as list, ${null}::text as nothing, ${true}::boolean as yes,
        ${Buffer.from([1, 255])}::bytea as bytes`.execute(database.db);

    expect(rows).toStrictEqual([
      {
        instant,
        json: { a: ["it's"] },
        count: 12,
        list: ['x', 'y'],
        nothing: null,
        yes: true,
        bytes: new Uint8Array([1, 255]),
      },
    ]);
  });

  test("an error about a statement keeps PostgreSQL's code", async () => {
    await expect(sql`select 1 / 0`.execute(database.db)).rejects.toMatchObject({ code: '22012' });
  });

  test('a write returns the number of affected rows', async () => {
    const { numAffectedRows } = await sql`insert into ledger values (-1, 1), (-1, 2)`.execute(database.db);
    const nothing = await sql`delete from ledger where owner = ${-2}`.execute(database.db);

    expect(numAffectedRows).toBe(2n);
    expect(nothing.numAffectedRows).toBe(0n);
  });

  test('concurrent transactions and single queries never mix', async () => {
    const work = fc.array(
      fc.record({
        entries: fc.integer({ min: 1, max: 4 }),
        pauses: fc.array(fc.boolean(), { maxLength: 4 }),
        end: fc.constantFrom('commit', 'rollback', 'error', 'single'),
      }),
      { minLength: 2, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(work, async (all) => {
        await sql`truncate ledger`.execute(database.db);

        await Promise.all(
          all.map(async ({ entries, pauses, end }, owner) => {
            if (end === 'single') {
              for (let entry = 0; entry < entries; entry++)
                await sql`insert into ledger values (${owner}, ${entry})`.execute(database.db);
              return;
            }
            await database.db
              .transaction()
              .execute(async (trx) => {
                for (let entry = 0; entry < entries; entry++) {
                  if (pauses[entry]) await new Promise(setImmediate);
                  await sql`insert into ledger values (${owner}, ${entry})`.execute(trx);
                }
                const { rows } = await sql<{
                  n: number;
                }>`select count(*) as n from ledger where owner = ${owner}`.execute(trx);
                expect(rows).toEqual([{ n: entries }]);
                if (end === 'rollback') throw new Error('undo');
                if (end === 'error') await sql`select 1 / 0`.execute(trx);
              })
              .catch((error: unknown) => {
                expect(String(error)).toMatch(/undo|division by zero/);
              });
          }),
        );

        const { rows } = await sql<{ owner: number; n: number }>`
          select owner, count(*) as n from ledger group by owner order by owner`.execute(database.db);
        const kept = all.flatMap(({ entries, end }, owner) =>
          end === 'commit' || end === 'single' ? [{ owner, n: entries }] : [],
        );
        expect(rows).toEqual(kept);
      }),
      { numRuns: 25 },
    );
  });

  test('using the outer database inside a transaction is refused immediately, and only there', async () => {
    let afterwards: Promise<unknown> = Promise.resolve();
    const inside = database.db.transaction().execute(async (trx) => {
      await sql`select 1`.execute(trx);
      afterwards = new Promise((resolve) => setImmediate(resolve))
        .then(() => inside.catch(() => undefined))
        .then(() => sql`select 1`.execute(database.db));
      await sql`select 1`.execute(database.db);
    });

    await expect(inside).rejects.toMatchObject({ code: 'database.outer-use' });
    await expect(sql`select 1`.execute(database.db)).resolves.toBeDefined();
    await expect(afterwards).resolves.toBeDefined();
  });

  test('a savepoint rolls back its part and leaves the rest', async () => {
    await sql`truncate ledger`.execute(database.db);
    const trx = await database.db.startTransaction().execute();
    await sql`insert into ledger values (1, 1)`.execute(trx);
    const after = await trx.savepoint('before "risk"').execute();
    await sql`insert into ledger values (1, 2)`.execute(after);
    await after.rollbackToSavepoint('before "risk"').execute();
    await trx.commit().execute();

    const { rows } = await sql`select entry from ledger`.execute(database.db);
    expect(rows).toEqual([{ entry: 1 }]);
  });

  test('a transaction in which a statement failed is not reported as committed', async () => {
    const swallowed = database.db.transaction().execute(async (trx) => {
      await sql`select 1 / 0`.execute(trx).catch(() => undefined);
    });

    await expect(swallowed).rejects.toThrow('rolled back');
  });

  test('a text of several statements that fails halfway leaves no transaction behind', async () => {
    for (let round = 0; round < 20; round++) {
      await expect(sql`begin; select 1 / 0; commit`.execute(database.db)).rejects.toThrow('division by zero');

      await expect(sql`select 1 as one`.execute(database.db)).resolves.toMatchObject({ rows: [{ one: 1 }] });
    }
  });

  test('a text of several statements returns the rows of all of them', async () => {
    const { rows } = await sql`begin; select 1 as one; select 2 as one; commit`.execute(database.db);

    expect(rows).toEqual([{ one: 1 }, { one: 2 }]);
  });

  test('a message is delivered when its transaction commits, and not when it is rolled back', async () => {
    const heard: string[] = [];
    const { promise: second, resolve } = Promise.withResolvers<void>();
    const stop = await database.listen('Odd "channel"', (payload) => {
      heard.push(payload);
      // A listener may use the database although it is called from within another caller's commit.
      if (heard.length === 2) sql`select 1`.execute(database.db).then(() => resolve());
    });

    await sql`select pg_notify('Odd "channel"', 'first')`.execute(database.db);
    await database.db
      .transaction()
      .execute(async (trx) => {
        await sql`select pg_notify('Odd "channel"', 'undone')`.execute(trx);
        throw new Error('undo');
      })
      .catch(() => undefined);
    await database.db.transaction().execute(async (trx) => {
      await sql`select pg_notify('Odd "channel"', 'second')`.execute(trx);
    });
    await second;
    await stop();

    expect(heard).toEqual(['first', 'second']);
  });

  if (engine !== 'postgres') return;

  test('a connection that the server ends counts as an unreachable database, and the next one works', async () => {
    const cut = database.db.transaction().execute(async (trx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx);
    });

    await expect(cut).rejects.toMatchObject({ code: 'database.away' });
    await expect(sql`select 1 as one`.execute(database.db)).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  test('a listener that lost its connection reconnects and reports it', async () => {
    const { promise: back, resolve } = Promise.withResolvers<void>();
    const { promise: heard, resolve: hear } = Promise.withResolvers<string>();
    const stop = await database.listen('again', hear, resolve);

    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query ilike 'listen%' and pid <> pg_backend_pid()`.execute(database.db);
    await back;
    await sql`select pg_notify('again', 'still here')`.execute(database.db);

    await expect(heard).resolves.toBe('still here');
    await stop();
  });
});
