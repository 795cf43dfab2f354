import { askLanes, LANES, LEASE_MS, pauseFor, type RequestBudget, returnLanes, UNUSED } from '@winesap/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** What one process believes: how many lanes it may use, and until when. */
interface Belief {
  lanes: number;
  until: number;
}

/** Processes that request, shrink, die, and wake up late, all on one clock. */
class Orchard {
  budget: RequestBudget = UNUSED;
  now = 1_000_000;
  readonly beliefs = new Map<string, Belief>();

  ask(holder: string, wants: number) {
    const { budget, grant } = askLanes(this.budget, { holder, wants }, this.now);
    this.budget = budget;
    // The number it uses until it has returned some: all of them.
    this.beliefs.set(holder, { lanes: grant.lanes, until: this.now + LEASE_MS });
    return grant;
  }

  returnLanes(holder: string, lanes: number): void {
    const belief = this.beliefs.get(holder);
    if (belief === undefined || belief.until <= this.now) return;
    this.budget = returnLanes(this.budget, holder, lanes, this.now);
    belief.lanes = Math.min(belief.lanes, lanes);
  }

  get used(): number {
    return [...this.beliefs.values()].reduce((sum, { lanes, until }) => sum + (until > this.now ? lanes : 0), 0);
  }
}

const step = fc.record({
  holder: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
  what: fc.constantFrom('ask', 'ask and give back', 'give back'),
  wants: fc.integer({ min: 0, max: 9 }),
  afterMs: fc.oneof(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 2 * LEASE_MS })),
});

describe('a location’s budget', () => {
  test('is never exceeded, however processes start, shrink, die, and wake up late', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const orchard = new Orchard();
        for (const { holder, what, wants, afterMs } of steps) {
          orchard.now += afterMs;
          if (what === 'give back') orchard.returnLanes(holder, wants);
          else {
            const { keep } = orchard.ask(holder, wants);
            if (what === 'ask and give back') orchard.returnLanes(holder, keep);
          }
          expect(orchard.used).toBeLessThanOrEqual(LANES);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('belongs entirely to a single process, whatever dead ones had left', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const orchard = new Orchard();
        for (const { holder, wants, afterMs } of steps) {
          orchard.now += afterMs;
          orchard.ask(holder, wants);
        }
        orchard.now += LEASE_MS;

        expect(orchard.ask('last', 1)).toMatchObject({ lanes: LANES, keep: LANES, lacking: false, contended: false });
      }),
    );
  });

  test('is shared by all once each has asked twice and returned lanes, with at least one lane each for up to five', () => {
    const wanting = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 2 });
    fc.assert(
      fc.property(wanting, fc.integer({ min: 1, max: 5 }), (holders, wants) => {
        const orchard = new Orchard();
        for (let round = 0; round < 3; round++)
          for (const holder of holders) orchard.returnLanes(holder, orchard.ask(holder, wants).keep);

        const lanes = holders.map((holder) => orchard.beliefs.get(holder)?.lanes ?? 0);
        expect(lanes.reduce((sum, one) => sum + one, 0)).toBe(LANES);
        expect(Math.min(...lanes)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...lanes) - Math.min(...lanes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('leaves a scan four lanes beside a single request, and all five afterwards', () => {
    const orchard = new Orchard();
    expect(orchard.ask('scan', 5)).toMatchObject({ lanes: 5, keep: 5 });
    expect(orchard.ask('person', 1)).toMatchObject({ lanes: 0, lacking: true });
    expect(orchard.ask('scan', 5)).toMatchObject({ lanes: 5, keep: 4, contended: true });
    orchard.returnLanes('scan', 4);
    expect(orchard.ask('person', 1)).toMatchObject({ lanes: 1, keep: 1, lacking: false });

    expect(orchard.ask('person', 0)).toMatchObject({ lanes: 1, keep: 0 });
    orchard.returnLanes('person', 0);
    expect(orchard.budget.leases).toHaveLength(1);
    expect(orchard.ask('scan', 5)).toMatchObject({ lanes: 5, keep: 5, contended: false });
  });

  test('respects the longest of several pauses', () => {
    expect(pauseFor(pauseFor(UNUSED, 5_000, 100), 1_000, 200).pausedUntil).toBe(5_100);
  });
});
