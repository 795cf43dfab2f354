import { isQuiet, lastMoment, mayLeave, type Timing } from '@winesap/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];
const HOUR_MS = 3_600_000;
const timing = (part: Partial<Timing>): Timing => ({
  timeZone: 'Europe/Berlin',
  quiet: null,
  digest: { kind: 'immediately' },
  ...part,
});
const wall = (instant: Date, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);

describe('the last time the wall clock showed 07:30 in Berlin', () => {
  test.each([
    ['in winter', '2026-01-15T12:00:00Z', '2026-01-15T06:30:00.000Z'],
    ['in summer', '2026-07-15T12:00:00Z', '2026-07-15T05:30:00.000Z'],
    ['before it is 07:30', '2026-07-15T05:29:59Z', '2026-07-14T05:30:00.000Z'],
    ['the moment it is', '2026-07-15T05:30:00Z', '2026-07-15T05:30:00.000Z'],
    ['on the day summer time begins', '2026-03-29T12:00:00Z', '2026-03-29T05:30:00.000Z'],
    ['on the day it ends', '2026-10-25T12:00:00Z', '2026-10-25T06:30:00.000Z'],
  ])('%s', (_, now, moment) => {
    expect(lastMoment({ at: '07:30' }, 'Europe/Berlin', new Date(now)).toISOString()).toBe(moment);
  });
});

test('02:30 comes at 03:30 in the night that skips it, and counts once in the night that repeats it', () => {
  const at = (now: string) => lastMoment({ at: '02:30' }, 'Europe/Berlin', new Date(now)).toISOString();

  expect(at('2026-03-29T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
  expect(at('2026-10-25T00:45:00Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(at('2026-10-25T01:45:00Z')).toBe('2026-10-25T00:30:00.000Z');
});

test('a weekday follows the wall clock, not UTC', () => {
  // Monday 01:00 in Auckland is Sunday in UTC.
  const moment = lastMoment({ weekday: 1, at: '01:00' }, 'Pacific/Auckland', new Date('2026-06-14T20:00:00Z'));

  expect(moment.toISOString()).toBe('2026-06-14T13:00:00.000Z');
});

test('in every zone, the last time is not in the future, at most 25 hours ago, and exact to the minute', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 1439 }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
      (timeZone, minutes, now) => {
        const at = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const moment = lastMoment({ at }, timeZone, now);

        expect(moment <= now).toBe(true);
        expect(now.getTime() - moment.getTime()).toBeLessThan(25.5 * HOUR_MS);
        expect(lastMoment({ at }, timeZone, moment)).toEqual(moment);
        const shown = wall(moment, timeZone);
        const skipped = wall(new Date(moment.getTime() - HOUR_MS), timeZone) !== before(shown);
        if (!skipped) expect(shown).toBe(at);
      },
    ),
  );
});

function before(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return `${String((hours + 23) % 24).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

test.each([
  ['22:00', '06:00', '2026-07-15T20:00:00Z', true],
  ['22:00', '06:00', '2026-07-15T03:59:59Z', true],
  ['22:00', '06:00', '2026-07-15T04:00:00Z', false],
  ['22:00', '06:00', '2026-01-15T04:00:00Z', true],
  ['12:00', '13:00', '2026-07-15T10:30:00Z', true],
  ['12:00', '13:00', '2026-07-15T11:00:00Z', false],
  ['12:00', '12:00', '2026-07-15T10:00:00Z', false],
])('quiet from %s to %s in Berlin holds at %s: %s', (from, to, now, quiet) => {
  expect(isQuiet(timing({ quiet: { from, to } }), new Date(now))).toBe(quiet);
});

describe('a waiting alert', () => {
  const daily = timing({ digest: { kind: 'daily', at: '08:00' }, quiet: { from: '22:00', to: '08:30' } });
  const since = new Date('2026-07-14T20:00:00Z');

  test('is sent with the next digest, once quiet hours are over', () => {
    const leaves = (now: string) => mayLeave(daily, { since, urgent: false }, new Date(now));

    expect(leaves('2026-07-15T05:59:00Z')).toBe(false);
    expect(leaves('2026-07-15T06:00:00Z')).toBe(false);
    expect(leaves('2026-07-15T06:30:00Z')).toBe(true);
  });

  test('is sent immediately if its rule is urgent', () => {
    expect(mayLeave(daily, { since, urgent: true }, since)).toBe(true);
  });

  test('is not sent with a digest that was due before it arrived', () => {
    const waiting = { since: new Date('2026-07-15T06:30:01Z'), urgent: false };

    expect(mayLeave(daily, waiting, new Date('2026-07-15T07:00:00Z'))).toBe(false);
    expect(mayLeave(daily, waiting, new Date('2026-07-16T06:30:00Z'))).toBe(true);
  });
});
