import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppleError, createInbox, createReceiver } from '../src/index.ts';
import { appleWorld } from './apple-world.ts';
import { openGate, sleepyTime } from './builders.ts';
import { listen } from './listen.ts';

const passing = fc.constantFrom(
  ['busy', {}],
  ['server-error', {}],
  ['maintenance', { form: 'seconds' }],
  ['maintenance', { form: 'date' }],
  ['html-error', {}],
  ['truncated-json', {}],
  ['truncated-transfer', {}],
  ['empty-body', {}],
  ['reset-before-accept', {}],
  ['reset-after-accept', {}],
  ['slow', { delayMs: 5 }],
  ['torn-pages', {}],
  ['stale-version', {}],
) as fc.Arbitrary<[string, object]>;

describe('with an unreliable Apple', () => {
  test('a read is right, marked uncertain, or fails', async () => {
    const apple = await appleWorld({ pageSize: 10, rateLimit: false });
    const { uId, contentToken } = await apple.location();
    await apple.act('POST', `/locations/${uId}/bulk`, { assets: 2, devices: 60, assignmentsPerDevice: 2, spare: 100 });
    const key = (row: { adamId: string; serialNumber: string | null }) => `${row.adamId} ${row.serialNumber}`;
    const calm = async () =>
      new Set((await apple.client(contentToken, { limiter: openGate }).assignments()).rows.map(key));
    const kinds = new Set<string>();

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(passing, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 }),
        async (weather) => {
          const before = await calm();
          for (const [[name, more], times] of weather) await apple.fault(name, { times, ...more });
          const client = apple.client(contentToken, { time: sleepyTime(), limiter: openGate });

          const read = await client.assignments().catch((error: unknown) => error);
          await apple.act('DELETE', '/faults');
          const after = await calm();

          if (read instanceof AppleError) {
            kinds.add('failed');
            return;
          }
          const { rows, consistency } = read as Awaited<ReturnType<typeof client.assignments>>;
          kinds.add(consistency);
          const got = rows.map(key);
          expect(new Set(got).size).toBe(got.length);
          if (consistency === 'uncertain') return;
          expect([...before].filter((one) => after.has(one) && !got.includes(one))).toEqual([]);
          if (consistency === 'one-version') expect(before.size).toBe(got.length);
        },
      ),
      { numRuns: 60 },
    );

    expect([...kinds]).toEqual(expect.arrayContaining(['one-version', 'recovered']));
  });

  test('pages that vanish during the read do not cause an endless loop', async () => {
    const apple = await appleWorld({ pageSize: 10, rateLimit: false });
    const { uId, contentToken } = await apple.location();
    await apple.act('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 120, assignmentsPerDevice: 1 });
    await apple.fault('shrinking-pages');

    const { rows } = await apple.client(contentToken, { limiter: openGate }).assignments();

    expect(rows.length).toBeGreaterThan(0);
    expect((await apple.requests()).total).toBeLessThan(60);
  });

  test('a change reaches its end although notifications are lost, doubled, and late', async () => {
    const apple = await appleWorld({ rateLimit: false });
    const { uId, contentToken } = await apple.location();
    await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
    await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '361309726', quantity: 500 });
    const client = apple.client(contentToken, { limiter: openGate });
    const inbox = createInbox();
    const repeats: boolean[] = [];
    const receive = createReceiver({
      secrets: ['s'],
      onNotification: (notification) => {
        repeats.push(!inbox.deliver(notification));
      },
    });
    await client.setClientConfig({
      mdmInfo: { id: 'w', name: 'Winesap', metadata: '1' },
      notificationUrl: await listen(receive),
      notificationAuthToken: 's',
      notificationTypes: ['ASSET_MANAGEMENT'],
    });
    await apple.fault('dropped-notification', { times: 1 });
    await apple.fault('doubled-notification', { times: 1 });
    const serialNumbers = Array.from({ length: 350 }, (_, at) => `S${at}`);

    const { eventId } = await client.associateAssets({ assets: [{ adamId: '361309726' }], serialNumbers });
    const end = await client.followEvent(eventId, { inbox, expected: 350, silenceMs: 100, pollMs: 20 });

    expect(end).toMatchObject({ state: 'complete', status: { numCompleted: 350 } });
    expect(end.told.reduce((sum, { tasks }) => sum + tasks, 0)).toBeLessThan(350);
    expect(repeats).toContain(true);
  });

  test('a change that never ends is called stuck, not done', async () => {
    const apple = await appleWorld({ rateLimit: false });
    const { uId, contentToken } = await apple.location();
    await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '361309726', quantity: 5 });
    await apple.fault('event-stuck');
    const client = apple.client(contentToken, { time: sleepyTime(), limiter: openGate });

    const { eventId } = await client.associateAssets({ assets: [{ adamId: '361309726' }], serialNumbers: ['S1'] });
    const end = await client.followEvent(eventId);

    expect(end).toMatchObject({ state: 'stuck', status: { eventStatus: 'PENDING' } });
  });
});
