import { forEachEngine } from '@winesap/testkit/engines';
import { expect, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';
import { Recorder } from './recorder.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = new Date('2026-01-01T00:00:00Z');
const day = (n: number, hours = 0) => new Date(START.getTime() + n * DAY_MS + hours * HOUR_MS);
const dayOf = (instant: string | Date) => Math.floor((new Date(instant).getTime() - START.getTime()) / DAY_MS);

/** Every tenth day of the year, and every day on which something is due or happens, with the days around it. */
const SPECIAL = [
  40, 70, 86, 90, 93, 110, 120, 125, 140, 150, 152, 154, 161, 165, 170, 186, 193, 197, 199, 201, 210, 215, 250, 251,
  270, 286, 290, 300, 322, 323, 330, 364,
];
const DAYS = Array.from({ length: 366 }, (_, n) => n).filter(
  (n) => n % 10 === 0 || SPECIAL.some((one) => Math.abs(one - n) <= 1),
);

forEachEngine((_name, open) => {
  test('over a year with a renewal, a death, and restarts, every rule alerts once per cause and on its day', async () => {
    const receiver = new Recorder();
    let world = await AlertWorld.on(await open(), receiver, START);
    const renewed = await world.addToken(day(100, 12));
    const dying = await world.addToken(day(300, 12));
    const lapsing = await world.addToken(day(200, 12));
    const forever = await world.addToken(null);
    const busy = await world.addToken(null);
    const mail = await world.addChannel({}, 'mail');
    const all = { channelIds: [mail] };
    await world.addRule({ ...all, name: 'Expiry', condition: { kind: 'expiry', days: [60, 30, 14, 7, 3, 1] } });
    await world.addRule({
      ...all,
      name: 'State',
      condition: { kind: 'state', entered: ['revoked', 'expired'], left: ['revoked'] },
    });
    await world.addRule({ ...all, name: 'Scan', condition: { kind: 'scan', hours: 24 } });
    await world.addRule({ ...all, name: 'Claim', condition: { kind: 'claim' } });
    await world.addRule({
      ...all,
      name: 'Licenses',
      condition: { kind: 'licenses', below: 5, belowPercent: null, adamIds: [] },
    });
    await world.addRule({ ...all, name: 'Notifications', condition: { kind: 'notifications', hours: 300 } });
    await world.addRule({ ...all, name: 'Assignments', condition: { kind: 'assignments', failed: 3, hours: 24 } });
    await world.stock('L5', 40);

    const happens: Record<number, () => Promise<unknown>> = {
      90: () => world.renew(renewed, day(455)),
      110: () => world.releasesFail(busy, 'L5', ['C1', 'C2']),
      120: () => world.claimedBy(busy, 'Other MDM'),
      125: () => world.claimedBy(busy, null),
      150: () => world.become(dying, 'revoked'),
      152: () => world.become(dying, 'unreachable'),
      154: () => world.renew(dying, day(519)),
      201: () => world.become(lapsing, 'expired'),
      210: () => world.stock('L5', 3),
      215: () => world.stock('L5', 40),
      270: () => world.releasesFail(busy, 'L5', ['C1', 'C2', 'C3']),
      290: () => world.stock('L5', 0),
    };
    for (const n of DAYS) {
      world.now = day(n, 13);
      await happens[n]?.();
      // One location can't be read for a while.
      await world.synced(n >= 250 && n <= 254 ? forever : undefined);
      // Notifications stop at one location for a while.
      if (n <= 310 || n >= 330) await world.notified('L5');
      if (n % 30 === 15) receiver.answer = () => ({ kind: 'failed', note: 'HTTP 503' });
      // Dies between sending and recording it.
      if (n === 170) receiver.answer = () => Promise.reject(new Error('killed'));
      await world.tick().catch((error: Error) => expect(error.message).toBe('killed'));
      if (n === 100 || n === 170) {
        await world.database.close();
        world = await AlertWorld.on(await open(), receiver, world.now);
        await world.database.db.updateTable('channels').set({ taken_until: null }).execute();
      }
      receiver.answer = () => ({ kind: 'sent', note: 'HTTP 204' });
    }
    world.now = day(366);
    await world.tick();

    const told = receiver.told.map(({ title, createdAt }) => [dayOf(createdAt), title]);
    expect(told).toEqual([
      [40, 'The token of Location L1 expires in 59 days.'],
      [70, 'The token of Location L1 expires in 29 days.'],
      [86, 'The token of Location L1 expires in 13 days.'],
      [120, 'Location L5 is claimed by “Other MDM”.'],
      [140, 'The token of Location L3 expires in 59 days.'],
      [150, 'Location L2: Apple has revoked this token.'],
      [154, 'Location L2 is no longer revoked.'],
      [170, 'The token of Location L3 expires in 29 days.'],
      [186, 'The token of Location L3 expires in 13 days.'],
      [193, 'The token of Location L3 expires in 6 days.'],
      [197, 'The token of Location L3 expires in 2 days.'],
      [199, 'The token of Location L3 expires within a day.'],
      [201, 'Location L3: This token has expired.'],
      [210, 'Only 3 licenses of asset 361309726 are left at Location L5, of 100.'],
      [251, 'The licenses of Location L4 could not be read for 24 hours.'],
      [270, '3 changes of assignments at Location L5 failed within 24 hours.'],
      [290, 'No license of asset 361309726 is left at Location L5, of 100.'],
      [323, 'Apple has sent no notification about Location L5 for 300 hours.'],
    ]);
    expect(receiver.got).toHaveLength(told.length);
  });
});
