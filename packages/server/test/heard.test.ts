import { until } from '@winesap/testkit';
import { forEachEngine } from '@winesap/testkit/engines';
import { createTestDatabase, type TestDatabase } from '@winesap/testkit/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../src/store/engine/open-database.ts';
import { startBetween } from './postgres-between.ts';

/** Counts the messages received on a channel. */
async function listenTo(database: Database, channel: string) {
  const heard = { messages: 0, missed: 0 };
  const stop = await database.listen(
    channel,
    () => {
      heard.messages += 1;
    },
    () => {
      heard.missed += 1;
    },
  );
  return { heard, stop };
}

const say = (database: Database, channel: string) => sql`select pg_notify(${channel}, 'said')`.execute(database.db);

forEachEngine((_engine, open) => {
  let database: Database;

  beforeAll(async () => {
    database = await open();
  });

  test('what was committed before is heard before the answer, also when many ask at once', async () => {
    const { heard, stop } = await listenTo(database, 'alone');
    const counts: [number, number][] = [];

    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let round = 0; round < 25; round++) {
          await say(database, 'alone');
          await database.db
            .transaction()
            .execute((trx) => sql`select pg_notify('alone', 'in a transaction')`.execute(trx));
          const before = (counts.length + 1) * 2;
          expect(await database.heard()).toBe(true);
          counts.push([heard.messages, before]);
        }
      }),
    );
    await stop();

    expect(counts.filter(([messages, before]) => messages < before)).toEqual([]);
  });
});

describe('with two processes on a PostgreSQL server', () => {
  let place: TestDatabase;
  let here: Database;
  let there: Database;

  beforeAll(async () => {
    place = await createTestDatabase();
    here = await openDatabase({ kind: 'postgres', url: place.url });
    there = await openDatabase({ kind: 'postgres', url: place.url });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
    await place.drop();
  });

  test('messages that the other one committed before are received before the answer', async () => {
    const { heard, stop } = await listenTo(here, 'both');
    const late: number[] = [];

    for (let round = 1; round <= 200; round++) {
      await say(there, 'both');
      await here.heard();
      if (heard.messages < round) late.push(round);
    }
    await stop();

    expect(late).toEqual([]);
  });

  test('the state is unknown while the connection is lost, and missed messages are reported before it is known again', async () => {
    const { heard, stop } = await listenTo(here, 'lost');
    const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query in ('listen "lost"', 'select pg_backend_pid() as pid')`.execute(
      there.db,
    );
    expect(rows.length).toBeGreaterThan(0);
    await say(there, 'lost');

    expect(await here.heard()).toBe(false);
    await until(
      'somebody to know again',
      () => here.heard(),
      (known) => known,
    );

    expect(heard).toMatchObject({ missed: 1 });
    await stop();
  });

  test('a connection without any traffic counts as lost, and is reopened', async () => {
    const between = await startBetween(place.url);
    const database = await openDatabase({ kind: 'postgres', url: between.url });
    const { heard, stop } = await listenTo(database, 'silent');
    expect(await database.heard()).toBe(true);

    between.swallow();
    await say(there, 'silent');
    expect(await database.heard()).toBe(false);
    await until(
      'the connection to be made again',
      () => database.heard(),
      (known) => known,
    );

    expect(heard).toMatchObject({ messages: 0, missed: 1 });
    await stop();
    await database.close();
    await between.close();
  });

  test('the state is unknown when a pooler may have dropped messages', async () => {
    const between = await startBetween(place.url, { asPooler: true });
    const database = await openDatabase({ kind: 'postgres', url: between.url });
    const { stop } = await listenTo(database, 'pooled');

    expect(await database.heard()).toBe(false);

    await stop();
    await database.close();
    await between.close();
  });
});
