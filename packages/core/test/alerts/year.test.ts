import { type AlertFacts, reasonsOf, type TokenState } from '@winesap/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factsOf } from './facts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = new Date('2026-01-01T00:00:00Z').getTime();
const DAYS = [60, 30, 14, 7, 3, 1];
const EXPIRY = { scope: { kind: 'all' as const }, condition: { kind: 'expiry' as const, days: DAYS } };

/** What happens to a token in a year, with the hour of each event. */
const story = fc.record({
  lives: fc.integer({ min: 1, max: 365 * 24 }),
  events: fc.array(
    fc.record({ hour: fc.integer({ min: 0, max: 365 * 24 }), what: fc.constantFrom('renewed', 'revoked', 'away') }),
    { maxLength: 8 },
  ),
  // Hours without evaluation: restarts, outages.
  asleep: fc.array(fc.tuple(fc.integer({ min: 0, max: 365 * 24 }), fc.integer({ min: 1, max: 24 * 20 })), {
    maxLength: 4,
  }),
});

test('over a year of renewals, deaths, and downtime, each threshold alerts once, on time, and never for a dead token', () => {
  fc.assert(
    fc.property(story, ({ lives, events, asleep }) => {
      let expiresAt = new Date(START + lives * HOUR_MS);
      let state: TokenState = 'healthy';
      let away = 0;
      const told = new Map<string, number>();
      // An oracle without keys: for each life of a token, the numbers not sent yet.
      let left = [...DAYS];
      for (let hour = 0; hour <= 365 * 24; hour += 1) {
        const now = new Date(START + hour * HOUR_MS);
        for (const event of events.filter((one) => one.hour === hour)) {
          if (event.what === 'renewed') {
            expiresAt = new Date(now.getTime() + 365 * DAY_MS);
            state = 'healthy';
            left = [...DAYS];
          } else if (event.what === 'revoked') state = 'revoked';
          else away = hour + 5;
        }
        if (state !== 'revoked' && expiresAt <= now) state = 'expired';
        if (asleep.some(([from, hours]) => hour >= from && hour < from + hours)) continue;
        const shown = state === 'healthy' && hour < away ? 'unreachable' : state;

        const reasons = reasonsOf(EXPIRY, factsOf({ expiresAt, state: shown }), now, DAY_MS);
        const news = reasons.map(({ key }) => key ?? '').filter((key) => !told.has(key));
        for (const key of news) told.set(key, hour);

        const daysLeft = (expiresAt.getTime() - now.getTime()) / DAY_MS;
        const alive = state === 'healthy' && daysLeft > 0;
        const reached = alive ? DAYS.filter((one) => daysLeft <= one) : [];
        const smallest = Math.min(...reached);
        const expected = left.includes(smallest) ? [smallest] : [];
        left = left.filter((one) => one < smallest || reached.length === 0);
        expect(news.map((key) => Number(key.split(':').at(-1)))).toEqual(expected);
      }
    }),
    { numRuns: 30 },
  );
});

interface Span {
  state: TokenState;
  since: Date;
  until: Date;
}

test('entering a state alerts each time, leaving it once, and not while the state is unknown', () => {
  const rule = {
    scope: { kind: 'all' as const },
    condition: { kind: 'state' as const, entered: ['revoked' as const], left: ['revoked' as const] },
  };
  const states = fc.constantFrom<TokenState>('healthy', 'revoked', 'unreachable', 'expiring');
  fc.assert(
    fc.property(fc.array(states, { minLength: 1, maxLength: 60 }), (hours) => {
      let state: TokenState = 'healthy';
      let since = new Date(START - DAY_MS);
      let trail: Span[] = [];
      const told = new Map<string, number>();
      let entered = 0;
      let departures = 0;
      let wasRevoked = false;
      for (const [hour, next] of hours.entries()) {
        const now = new Date(START + hour * HOUR_MS);
        if (next !== state) {
          trail = [...trail, { state, since, until: now }].slice(-8);
          if (next === 'revoked') {
            entered += 1;
            wasRevoked = true;
          }
          state = next;
          since = now;
        }
        if (wasRevoked && (state === 'healthy' || state === 'expiring')) {
          departures += 1;
          wasRevoked = false;
        }
        const facts: Partial<AlertFacts> = { state, stateSince: since, stateTrail: trail };
        for (const { key } of reasonsOf(rule, factsOf(facts), now, DAY_MS))
          told.set(key ?? '', (told.get(key ?? '') ?? 0) + 1);
      }
      const keys = [...told.keys()];
      expect(keys.filter((key) => key.startsWith('state:'))).toHaveLength(entered);
      expect(keys.filter((key) => key.startsWith('left:'))).toHaveLength(departures);
    }),
  );
});
