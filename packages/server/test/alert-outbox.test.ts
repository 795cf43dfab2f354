import { deliverNext, enableChannel, sendTest } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../src/store/engine/open-database.ts';
import { AlertWorld } from './alert-world.ts';
import { Recorder } from './recorder.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START = new Date('2026-06-03T12:00:00Z');
const REVOKED = { kind: 'state', entered: ['revoked'], left: [] } as const;
const WEEK = { kind: 'expiry', days: [7] } as const;
const ADMIN = { personId: null, name: 'admin', requestId: null };

forEachEngine((engine, open) => {
  let receiver: Recorder;
  let world: AlertWorld;
  let database: Database;

  beforeAll(async () => {
    receiver = new Recorder();
    database = await open();
    world = await AlertWorld.on(database, receiver, START);
  });

  beforeEach(async () => {
    await sql`truncate rules, channels, organizations, locations, events cascade`.execute(database.db);
    receiver.got.length = 0;
    receiver.answer = () => ({ kind: 'sent', note: 'HTTP 204' });
    world.now = START;
  });

  const breaks = async () => world.become(await world.addToken(null), 'revoked');
  const fails = () => ({ kind: 'failed', note: 'HTTP 503' }) as const;

  test('messages for a receiver that was down for a day arrive afterwards, in order, once', async () => {
    const channel = await world.addChannel();
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    receiver.answer = fails;
    for (let hours = 0; hours < 24; hours += 3) {
      if (hours % 6 === 0) await breaks();
      await world.tick();
      world.pass(3 * HOUR_MS);
    }
    expect(receiver.got).toEqual([]);

    receiver.answer = () => ({ kind: 'sent', note: 'HTTP 204' });
    await world.tick();
    world.pass(HOUR_MS);
    await world.tick();
    const times = receiver.got.map(({ message }) => message.createdAt);
    expect(times).toHaveLength(4);
    expect(times).toEqual([...times].sort());
  });

  test('a message that is not accepted for three days is given up with an event, and later ones are sent', async () => {
    const channel = await world.addChannel();
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    await breaks();
    receiver.answer = fails;
    for (let hours = 0; hours <= 80; hours += 8) {
      await world.tick();
      world.pass(8 * HOUR_MS);
    }
    receiver.answer = () => ({ kind: 'sent', note: 'HTTP 204' });
    await breaks();
    await world.tick();

    expect(receiver.got).toHaveLength(1);
    expect(await eventCodes()).toContain('delivery.given-up');
  });

  test('a test overtakes waiting messages, is tried once, and leaves the order of the others', async () => {
    const channel = await world.addChannel();
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    receiver.answer = ({ kind }) => (kind === 'test' ? { kind: 'sent', note: 'HTTP 204' } : fails());
    await breaks();
    await world.tick();
    world.pass(10_000);
    await breaks();
    await world.tick();
    await sendTest(world.deps, channel);
    await world.deliver();
    expect(receiver.titles()).toEqual(['Winesap: test message']);

    receiver.answer = ({ kind }) => (kind === 'test' ? fails() : { kind: 'sent', note: 'HTTP 204' });
    await sendTest(world.deps, channel);
    world.pass(MINUTE_MS);
    await world.deliver();
    expect(
      receiver
        .titles()
        .slice(1)
        .map((title) => title.split(':')[0]),
    ).toEqual([firstPlace(1), firstPlace(0)]);
    world.pass(DAY_MS);
    await world.deliver();
    expect(await deliveryStates()).toEqual(['sent', 'sent', 'sent', 'failed']);
  });

  test('a receiver that is gone disables its channel with an event; enabled again, it gets what waited in one message', async () => {
    const channel = await world.addChannel();
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    receiver.answer = () => ({ kind: 'gone', note: 'HTTP 410' });
    await breaks();
    await world.tick();
    expect(await eventCodes()).toEqual(['channel.disabled']);

    receiver.answer = () => ({ kind: 'sent', note: 'HTTP 204' });
    for (let n = 0; n < 7; n += 1) await breaks();
    await world.tick();
    expect(receiver.got).toEqual([]);
    await sendTest(world.deps, channel);
    await world.deliver();
    await enableChannel(world.deps, channel, ADMIN);
    await world.tick();
    expect(receiver.titles()).toEqual(['Winesap: test message', '7 alerts from Winesap']);
  });

  describe('a clock that jumps', () => {
    test('a year ahead and back repeats no alert and suppresses none', async () => {
      const channel = await world.addChannel({ digest: { kind: 'daily', at: '08:00' } });
      const quick = await world.addChannel();
      await world.addRule({ condition: REVOKED, channelIds: [quick, channel], repeatHours: 4 });
      const tokenId = await world.addToken(new Date(START.getTime() + 300 * DAY_MS));
      await world.tick();

      world.pass(365 * DAY_MS);
      await world.become(tokenId, 'revoked');
      await world.evaluate();
      receiver.answer = fails;
      await world.deliver();
      receiver.answer = () => ({ kind: 'sent', note: 'HTTP 204' });
      world.now = START;
      await world.tick();
      const before = receiver.got.length;
      expect(before).toBeGreaterThan(0);
      await world.tick();
      expect(receiver.got).toHaveLength(before);

      await world.become(tokenId, 'healthy');
      await world.tick();
      world.pass(HOUR_MS);
      await world.become(tokenId, 'revoked');
      await world.tick();
      expect(receiver.titles('webhook').length).toBeGreaterThan(before);
      expect(new Set(receiver.told.map(({ id }) => id)).size).toBe(receiver.got.length);
    });

    test('back and forth across a threshold alerts once', async () => {
      const channel = await world.addChannel();
      await world.addRule({ condition: WEEK, channelIds: [channel] });
      await world.addToken(new Date(START.getTime() + 7.5 * DAY_MS));
      for (const days of [0, 1, 0, 2, -30, 1, 3]) {
        world.now = new Date(START.getTime() + days * DAY_MS);
        await world.tick();
      }
      expect(receiver.got).toHaveLength(1);
    });

    test('does not block others when a process died while sending, with its clock ahead', async () => {
      const channel = await world.addChannel();
      await world.addRule({ condition: REVOKED, channelIds: [channel] });
      await breaks();
      await world.evaluate();
      await sql`update channels set taken_until = now() + interval '1 year'`.execute(database.db);
      await world.deliver();
      expect(receiver.got).toHaveLength(1);
    });
  });

  test('5,000 tokens that expire on one day cause one message', async () => {
    const channel = await world.addChannel();
    await world.addRule({ condition: WEEK, channelIds: [channel] });
    await addTokens(5000, new Date(START.getTime() + 6.5 * DAY_MS));
    await world.tick();
    await world.tick();

    expect(receiver.titles()).toEqual(['5,000 alerts from Winesap']);
    expect(receiver.got[0]?.message.text.length).toBeLessThan(1500);
  });

  test('two processes at once send each alert once', async () => {
    // The embedded engine has one process, so two concurrent callers stand in for two processes.
    const other = engine === 'postgres' ? await AlertWorld.on(await open(), receiver, START) : world;
    const channels = await Promise.all(Array.from({ length: 4 }, (_, n) => world.addChannel({}, `channel ${n}`)));
    // The facts don't distinguish two periods of low licenses, so only one process may evaluate at a time.
    await world.addRule({
      condition: { kind: 'licenses', below: 1, belowPercent: null, adamIds: [] },
      channelIds: channels,
    });
    world.pass(1000);
    await world.addRule({ condition: REVOKED, channelIds: channels });
    await world.addToken(null);
    const uId = (world.names.at(-1) ?? '').replace('Location ', '');
    const runsOut = (n: number) =>
      sql`insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available,
          retired, device_assignable, revocable, platforms, read_at, listed_at)
        values (${uId}, ${`${n}`}, 'STDQ', 'App', false, 5, 5, 0, 0, true, true, '{}', ${START}, ${START})`.execute(
        database.db,
      );
    const busy = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      await breaks();
      await runsOut(round);
      if (other !== world) other.now = new Date(world.now.getTime() + 1000);
      await Promise.all([world.evaluate(), other.evaluate()]);
      const work = async (one: AlertWorld, mine: Set<string>) => {
        while (await deliverNext(one.deps, mine));
      };
      const theirs = engine === 'postgres' ? new Set<string>() : busy;
      await Promise.all([work(world, busy), work(other, theirs), work(world, busy), work(other, theirs)]);
      world.pass(HOUR_MS);
    }
    await world.deliver();

    for (const name of ['channel 0', 'channel 1', 'channel 2', 'channel 3']) {
      const times = receiver.got.filter(({ channel }) => channel === name).map(({ message }) => message.createdAt);
      expect(times).toHaveLength(10);
      expect(times).toEqual([...times].sort());
    }
  });

  const firstPlace = (fromEnd: number) => locationNames().at(-1 - fromEnd) ?? '';
  const locationNames = () => world.names;
  const eventCodes = async () => {
    const rows = await database.db.selectFrom('events').select('code').orderBy('id').execute();
    return rows.map(({ code }) => code);
  };
  const deliveryStates = async () => {
    const rows = await database.db.selectFrom('deliveries').select('state').orderBy('number').execute();
    return rows.map(({ state }) => state);
  };
  const addTokens = async (count: number, expiresAt: Date) => {
    const { organizationId } = await world.addOrganization();
    await sql`
      with place as (
        insert into locations (uid, name) select 'M' || n, 'Many ' || n from generate_series(1, ${count}::int) n
        returning uid),
      policy as (
        insert into policies (id, organization_id, name, created_at)
        select gen_random_uuid(), ${organizationId}, uid, now() from place returning id, name)
      insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
        state_since, next_check_at, added_at, added_by, synced_at, expires_at)
      select ${organizationId}, policy.id, policy.name, 'sealed', 'f', 'watch', 'free', 'healthy', ${START},
        ${START}, ${START}, 'test', ${START}, ${expiresAt} from policy`.execute(database.db);
  };
});
