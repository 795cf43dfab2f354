import { acknowledgeAlert } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';
import { Recorder } from './recorder.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const REVOKED = { kind: 'state', entered: ['revoked'], left: [] } as const;
const at = (instant: string) => new Date(instant);

forEachEngine((_name, open) => {
  let receiver: Recorder;
  let world: AlertWorld;

  beforeAll(async () => {
    receiver = new Recorder();
    world = await AlertWorld.on(await open(), receiver, at('2026-03-28T12:00:00Z'));
  });

  beforeEach(async () => {
    await sql`truncate rules, channels, organizations, locations cascade`.execute(world.database.db);
    receiver.got.length = 0;
  });

  const brokenToken = async () => {
    const tokenId = await world.addToken(new Date(world.now.getTime() + 300 * 24 * HOUR_MS));
    await world.become(tokenId, 'revoked');
    return tokenId;
  };
  /** Returns how many messages have arrived after the clock is set to each of these in turn. */
  const countsAt = async (instants: readonly string[]) => {
    const counts: number[] = [];
    for (const instant of instants) {
      world.now = at(instant);
      await world.tick();
      counts.push(receiver.got.length);
    }
    return counts;
  };

  describe('quiet hours', () => {
    test('hold alerts until they end, even in the night when daylight saving time begins', async () => {
      world.now = at('2026-03-28T22:30:00Z');
      const channel = await world.addChannel({ quiet: { from: '23:00', to: '07:00' } });
      await world.addRule({ condition: REVOKED, channelIds: [channel] });
      await brokenToken();

      // 07:00 in Berlin was 06:00 UTC the day before, and is 05:00 now.
      expect(await countsAt(['2026-03-28T22:30:00Z', '2026-03-29T04:59:00Z', '2026-03-29T05:00:00Z'])).toEqual([
        0, 0, 1,
      ]);
    });

    test('do not hold urgent alerts, and do not drop what ended in the meantime', async () => {
      world.now = at('2026-03-28T22:30:00Z');
      const channel = await world.addChannel({ quiet: { from: '23:00', to: '07:00' } });
      const tokenId = await brokenToken();
      await world.addRule({ condition: REVOKED, channelIds: [channel], name: 'Plain' });
      await world.addRule({ condition: REVOKED, channelIds: [channel], name: 'Urgent', urgent: true });
      await world.tick();
      expect(receiver.got).toHaveLength(1);
      await world.become(tokenId, 'healthy');

      await countsAt(['2026-03-29T02:00:00Z', '2026-03-29T06:00:00Z']);
      expect(receiver.titles()[1]).toMatch(/^Resolved meanwhile: /);
    });
  });

  test('a daily digest is one message at its time, with everything since the last one', async () => {
    world.now = at('2026-10-24T06:30:00Z');
    const channel = await world.addChannel({ digest: { kind: 'daily', at: '08:00' } });
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    await brokenToken();
    await world.tick();
    world.pass(HOUR_MS);
    await brokenToken();

    // Daylight saving time ends in the night between: 08:00 in Berlin is 07:00 UTC.
    const counts = await countsAt([
      '2026-10-24T20:00:00Z',
      '2026-10-25T06:30:00Z',
      '2026-10-25T07:00:00Z',
      '2026-10-26T07:00:00Z',
    ]);
    expect(counts).toEqual([0, 0, 1, 1]);
    expect(receiver.titles()).toEqual(['2 alerts from Winesap']);
  });

  test('a weekly digest waits for its weekday', async () => {
    world.now = at('2026-06-03T12:00:00Z');
    const channel = await world.addChannel({ digest: { kind: 'weekly', weekday: 1, at: '08:00' } });
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    await brokenToken();

    expect(await countsAt(['2026-06-03T12:00:00Z', '2026-06-07T12:00:00Z', '2026-06-08T06:00:00Z'])).toEqual([0, 0, 1]);
  });

  test('an unacknowledged alert is repeated and finally escalated; acknowledging stops both', async () => {
    world.now = at('2026-06-03T12:00:00Z');
    const team = await world.addChannel({}, 'team');
    const boss = await world.addChannel({}, 'boss');
    await world.addRule({
      condition: REVOKED,
      channelIds: [team],
      repeatHours: 2,
      escalation: { afterHours: 3, channelIds: [boss] },
    });
    await brokenToken();
    for (let minutes = 0; minutes <= 7 * 60; minutes += 60) {
      await world.tick();
      world.pass(60 * MINUTE_MS);
    }
    expect(receiver.titles('team').map((title) => title.startsWith('Still: '))).toEqual([false, true, true, true]);
    expect(receiver.titles('boss')).toEqual([expect.stringMatching(/^Nobody has acknowledged: /)]);

    const alert = await world.database.db
      .selectFrom('alerts')
      .select(['id', 'times_notified'])
      .executeTakeFirstOrThrow();
    expect(alert.times_notified).toBe(4);
    await acknowledgeAlert(world.deps, alert.id, { personId: null, name: 'admin', requestId: null });
    world.pass(24 * HOUR_MS);
    await world.tick();
    expect(receiver.got).toHaveLength(5);
  });

  test('a token that flaps all day causes at most four alerts, the last with its final state', async () => {
    world.now = at('2026-06-03T00:00:00Z');
    const channel = await world.addChannel();
    await world.addRule({ condition: REVOKED, channelIds: [channel] });
    const tokenId = await world.addToken(null);
    for (let minutes = 0; minutes < 24 * 60; minutes += 40) {
      await world.become(tokenId, minutes % 80 === 0 ? 'revoked' : 'healthy');
      await world.tick();
      world.pass(40 * MINUTE_MS);
    }
    expect(receiver.got.length).toBeGreaterThan(0);
    expect(receiver.got.length).toBeLessThanOrEqual(4);

    await world.become(tokenId, 'revoked');
    world.pass(7 * HOUR_MS);
    await world.tick();
    expect(await openAlerts()).toBe(1);
  });

  test('low licenses alert once each time, and not again while they stay low', async () => {
    world.now = at('2026-06-03T00:00:00Z');
    const channel = await world.addChannel();
    await world.addRule({
      condition: { kind: 'licenses', below: 5, belowPercent: null, adamIds: [] },
      channelIds: [channel],
    });
    const tokenId = await world.addToken(null);
    const { location_uid: uId } = await world.database.db
      .selectFrom('content_tokens')
      .select('location_uid')
      .where('id', '=', tokenId)
      .executeTakeFirstOrThrow();
    const left = async (available: number) => {
      await sql`insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned,
          available, retired, device_assignable, revocable, platforms, read_at, listed_at)
        values (${uId}, '361309726', 'STDQ', 'App', false, 50, ${50 - available}, ${available}, 0, true, true, '{}',
          ${world.now}, ${world.now})
        on conflict (location_uid, adam_id, pricing_param) do update set available = excluded.available`.execute(
        world.database.db,
      );
      world.pass(7 * HOUR_MS);
      await world.tick();
      return receiver.got.length;
    };

    expect([await left(5), await left(4), await left(3), await left(20), await left(0)]).toEqual([0, 1, 1, 1, 2]);
    expect(receiver.titles().at(-1)).toBe(`No license of asset 361309726 is left at Location ${uId}, of 50.`);
  });

  test('missing notifications, and releases that fail too often, alert once', async () => {
    world.now = at('2026-06-03T00:00:00Z');
    const channel = await world.addChannel();
    await world.addRule({ condition: { kind: 'notifications', hours: 48 }, channelIds: [channel] });
    await world.addRule({ condition: { kind: 'assignments', failed: 2, hours: 24 }, channelIds: [channel] });
    const tokenId = await world.addToken(null);
    const name = world.names.at(-1) ?? '';
    const uId = name.replace('Location ', '');
    const { db } = world.database;
    await sql`insert into hooks (location_uid, path, secret, secret_mark, secret_at, state, set_at, shown, received_at)
      values (${uId}, ${uId}, 's', 'm', ${world.now}, 'set', ${world.now}, 'ours', ${world.now})`.execute(db);
    const fail = () =>
      sql`insert into releases (token_id, location_uid, adam_id, pricing_param, user_held, holder, asset_name, state,
          requested_at, requested_by, finished_at, look_at, failure_code)
        values (${tokenId}, ${uId}, '1', 'STDQ', false, 'S1', 'Keynote', 'failed', ${world.now}, 'test', ${world.now},
          ${world.now}, 'release.refused')`.execute(db);

    world.pass(47 * HOUR_MS);
    await fail();
    await world.tick();
    expect(receiver.titles()).toEqual([]);
    world.pass(HOUR_MS);
    await fail();
    await world.tick();
    await world.tick();
    expect(receiver.titles().toSorted()).toEqual([
      `2 changes of assignments at ${name} failed within 24 hours.`,
      `Apple has sent no notification about ${name} for 48 hours.`,
    ]);
  });

  test('the weekly report is sent once, at its time', async () => {
    world.now = at('2026-06-03T12:00:00Z');
    const channel = await world.addChannel();
    await brokenToken();
    await world.store.write(async (tx) => {
      const found = await tx.channels.byId(channel);
      if (found === null) throw new Error('There is no channel.');
      const { name, timing, sealed } = found;
      const report = { weekday: 1, at: '08:00', organizationId: null };
      await tx.channels.change(channel, { name, timing, sealed, target: 'mail', report }, world.now);
    });

    const counts = await countsAt([
      '2026-06-07T12:00:00Z',
      '2026-06-08T06:00:00Z',
      '2026-06-08T06:01:00Z',
      '2026-06-15T07:00:00Z',
    ]);
    expect(counts).toEqual([0, 1, 1, 2]);
    const [{ message } = { message: undefined }] = receiver.got;
    expect(message).toMatchObject({ kind: 'report', report: { tokens: { total: 1, broken: 1 } } });
    expect(message?.text).toContain('Broken (1)');
  });

  const openAlerts = async () => {
    const rows = await world.database.db.selectFrom('alerts').select('id').where('resolved_at', 'is', null).execute();
    return rows.length;
  };
});
