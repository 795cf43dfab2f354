import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/domain/instant.ts';
import { nextScanAt, nextScanEveryMs, scanAgainAt } from '../src/domain/scans/scan-schedule.ts';
import { nextSlot, shareOf } from '../src/domain/time-slot.ts';
import { type Checked, catchUpMs, nextCheckAt } from '../src/domain/tokens/check-schedule.ts';
import { DEAD, SEVERITY, type TokenState } from '../src/domain/tokens/token-state.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const at = (ms: number) => new Date(NOW.getTime() + ms);
const LOCATIONS = Array.from({ length: 10_000 }, (_, index) => `${2_100_000_000_000_001 + index}`);

const checked = (state: TokenState, more: Partial<Checked> = {}): Checked => ({
  state,
  since: NOW,
  expiresAt: at(300 * DAY_MS),
  retryAfterMs: null,
  ...more,
});
const waitOf = (one: Checked, share = 0.5, everyMs = HOUR_MS, now = NOW) =>
  nextCheckAt(one, now, everyMs, share).getTime() - now.getTime();

/** Returns the maximum number in one minute, as a multiple of an even spread. */
function busiestMinute(moments: readonly Date[], everyMs: number): number {
  const perMinute = new Map<number, number>();
  for (const moment of moments) {
    const minute = Math.floor(moment.getTime() / MINUTE_MS);
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
  }
  return Math.max(...perMinute.values()) / (moments.length / (everyMs / MINUTE_MS));
}

describe('ten thousand locations', () => {
  test('added at once are checked evenly over the hour from the start, and scanned evenly over the day', () => {
    const first = LOCATIONS.map((uId) => nextCheckAt(checked('healthy'), NOW, HOUR_MS, shareOf(uId)));
    const scans = LOCATIONS.map((uId) => nextScanAt(NOW, DAY_MS, shareOf(uId)));

    expect(busiestMinute(first, HOUR_MS)).toBeLessThan(1.4);
    expect(Math.max(...scans.map(Number))).toBeLessThanOrEqual(at(DAY_MS).getTime());
    expect(busiestMinute(scans, DAY_MS)).toBeLessThan(4);
  });

  test('that were late are each back at their own slot with the next check', () => {
    const caughtUpAt = (index: number) => at((index / LOCATIONS.length) * catchUpMs(LOCATIONS.length, HOUR_MS));
    const next = LOCATIONS.map((uId, index) =>
      nextCheckAt(checked('healthy'), caughtUpAt(index), HOUR_MS, shareOf(uId)),
    );

    expect(busiestMinute(next, HOUR_MS)).toBeLessThan(1.4);
  });
});

describe('a slot in the interval', () => {
  test('is permanent: slots follow an interval apart, whatever happens in between', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: MINUTE_MS, max: DAY_MS }),
        fc.integer({ min: 0, max: 400 }),
        (share, everyMs, lateMs) => {
          const slot = nextSlot(NOW, everyMs, share, everyMs / 2);
          const next = nextSlot(new Date(slot.getTime() + lateMs), everyMs, share, everyMs / 2);

          expect(slot.getTime() - NOW.getTime()).toBeGreaterThan(everyMs / 2);
          expect(slot.getTime() - NOW.getTime()).toBeLessThanOrEqual(everyMs * 1.5 + 1);
          expect(Math.abs(next.getTime() - slot.getTime() - everyMs)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('the next check of a token', () => {
  test('comes soon in temporary trouble, and less often the longer it lasts', () => {
    for (const state of ['throttled', 'unreachable', 'unknown', 'locked'] as const) {
      expect(waitOf(checked(state))).toBeLessThanOrEqual(3 * MINUTE_MS);
      expect(waitOf(checked(state, { since: at(-40 * MINUTE_MS) }))).toBeGreaterThanOrEqual(10 * MINUTE_MS);
      expect(waitOf(checked(state, { since: at(-9 * DAY_MS) }))).toBeLessThanOrEqual(1.5 * HOUR_MS);
    }
  });

  test('comes after 1, 5, and 15 minutes when Apple refuses, then every hour', () => {
    const refused = [...DEAD].filter((state) => state !== 'locked');
    for (const state of [...refused, 'checking', 'refused', 'terms', 'not-permitted'] as const) {
      const asked: number[] = [];
      for (let now = NOW; asked.length < 6; ) {
        now = nextCheckAt(checked(state), now, 4 * HOUR_MS, 0.3);
        asked.push((now.getTime() - NOW.getTime()) / MINUTE_MS);
      }

      expect(asked.slice(0, 3).map(Math.floor)).toEqual([1, 5, 15]);
      expect(asked[3]).toBeLessThanOrEqual(15 + 91);
      expect((asked[5] ?? 0) - (asked[4] ?? 0)).toBeCloseTo(60);
    }
  });

  test('is spread when Apple refuses ten thousand tokens at once', () => {
    const next = LOCATIONS.map((uId) => nextCheckAt(checked('checking'), NOW, HOUR_MS, shareOf(uId)).getTime());

    expect(Math.max(...next) - Math.min(...next)).toBeGreaterThan(9_000);
  });

  test('respects how long Apple asked to wait', () => {
    expect(waitOf(checked('throttled', { retryAfterMs: 10 * MINUTE_MS }))).toBeGreaterThanOrEqual(10 * MINUTE_MS);
  });

  test('hits the moment of expiry and the 30th day before it exactly', () => {
    const within = (wait: number, of: number) => {
      expect(wait).toBeGreaterThan(of);
      expect(wait).toBeLessThanOrEqual(of + 2 * MINUTE_MS);
    };
    within(waitOf(checked('expiring', { expiresAt: at(10 * MINUTE_MS) })), 10 * MINUTE_MS);
    within(waitOf(checked('healthy', { expiresAt: at(30 * DAY_MS + 20 * MINUTE_MS) })), 20 * MINUTE_MS);
  });

  test('is always in the future and within a day and a half', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(SEVERITY) as TokenState[])),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.option(fc.integer({ min: -400, max: 400 })),
        fc.integer({ min: 1, max: 24 * 60 }),
        fc.integer({ min: 0, max: 90 }),
        (state, share, days, minutes, lasting) => {
          const expiresAt = days === null ? null : at(days * DAY_MS);
          const wait = waitOf(checked(state, { expiresAt, since: at(-lasting * DAY_MS) }), share, minutes * MINUTE_MS);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(36 * HOUR_MS + MINUTE_MS);
        },
      ),
    );
  });
});

describe('late checks after downtime', () => {
  test('run immediately if they are few, else paced', () => {
    expect(catchUpMs(40, HOUR_MS)).toBe(0);
    expect(catchUpMs(600, HOUR_MS)).toBe(MINUTE_MS);
    expect(catchUpMs(10_000, HOUR_MS)).toBe(15 * MINUTE_MS);
  });
});

describe('the scan interval', () => {
  test('shrinks with changes and returns to the configured one, always within both bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (scans) => {
        let everyMs: number | null = null;
        for (const changed of scans) {
          const before: number = everyMs ?? DAY_MS;
          everyMs = nextScanEveryMs(everyMs, changed, DAY_MS);
          expect(everyMs).toBeGreaterThanOrEqual(3 * HOUR_MS);
          expect(everyMs).toBeLessThanOrEqual(DAY_MS);
          if (changed) expect(everyMs).toBeLessThanOrEqual(before);
          else expect(everyMs).toBeGreaterThanOrEqual(before);
        }
      }),
    );
    expect(
      [true, true, true, true].reduce<number | null>((every, changed) => nextScanEveryMs(every, changed, DAY_MS), null),
    ).toBe(3 * HOUR_MS);
  });

  test('is minutes after a failed scan, then hours, and never ends for all locations at once', () => {
    const waits = [1, 2, 3, 8, 40].map((failures) => scanAgainAt(NOW, failures, DAY_MS, 0.5).getTime() - NOW.getTime());

    expect(waits).toEqual([5, 10, 20, 240, 240].map((minutes) => minutes * MINUTE_MS));
    expect(scanAgainAt(NOW, 1, DAY_MS, 0)).not.toEqual(scanAgainAt(NOW, 1, DAY_MS, 0.9));
  });
});
