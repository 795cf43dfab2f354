import { describe, expect, test } from 'vitest';
import { fuzzWorld } from '../fuzz/fuzz-options.ts';
import { judge, type Shown } from '../fuzz/judge.ts';
import { runFuzz } from '../fuzz/run-fuzz.ts';
import type { Truth } from '../fuzz/truth.ts';

const SECONDS = 1000;

test(
  'while Apple lies nothing is shown that was never true, and an honest interval heals everything',
  async () => {
    const seed = Number(process.env.WINESAP_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
    process.stdout.write(`WINESAP_FUZZ_SEED=${seed}\n`);

    const { violation, rounds } = await runFuzz({
      seed,
      forMs: 10 * SECONDS,
      locations: 2,
      stepsPerRound: 60,
      world: fuzzWorld(seed),
      only: null,
      say: () => undefined,
    });

    expect(violation, [`seed ${seed}`, ...(violation?.log ?? []), violation?.events].join('\n')).toBeNull();
    expect(rounds).toBeGreaterThan(0);
  },
  240 * SECONDS,
);

describe('the judge', () => {
  const keynote = { total: 10, assigned: 3, available: 7, retired: 0 };
  const truth: Truth = {
    assets: new Map([['1 STDQ', keynote]]),
    held: new Set(['1 STDQ A', '1 STDQ B', '1 STDQ C']),
    users: new Map([['anna', 'Registered']]),
  };
  const later: Truth = {
    assets: new Map([['1 STDQ', { ...keynote, assigned: 2, available: 8 }]]),
    held: new Set(['1 STDQ A', '1 STDQ B']),
    users: new Map([['anna', 'Retired']]),
  };
  const asset = (more: object) => new Map([['1 STDQ', { ...keynote, gone: false, ...more }]]);
  const said = (shown: Partial<Shown>) => judge({ source: 'x', readAt: 'now', ...shown }, [truth, later]);

  test.each<[string, Partial<Shown>]>([
    ['as it was', { assets: asset({}), held: truth.held, users: truth.users }],
    ['as it is', { assets: asset({ assigned: 2, available: 8 }), held: later.held, users: later.users }],
    ['unknown counts', { assets: asset({ total: null, assigned: null, available: null }) }],
    ['nothing, where nothing was read', { readAt: null, assets: new Map(), held: new Set(), users: new Map() }],
    ['sums of either moment', { sums: { assets: 1, gone: 0, assignments: 2, users: 1, assigned: 3, available: 8 } }],
  ])('lets pass %s', (_, shown) => {
    expect(said(shown)).toEqual([]);
  });

  test.each<[string, Partial<Shown>]>([
    ['asset 1 STDQ is missing', { assets: new Map() }],
    ['asset 1 STDQ is gone, and never was', { assets: asset({ gone: true }) }],
    ['asset 1 STDQ has assigned 0, and had 3, 2', { assets: asset({ assigned: 0 }) }],
    ['asset 1 STDQ has total 11, and had 10', { assets: asset({ total: 11 }) }],
    ['assignment 1 STDQ A is missing', { held: new Set(['1 STDQ B']) }],
    ['assignment 1 STDQ D was never there', { held: new Set([...truth.held, '1 STDQ D']) }],
    ['user anna is missing', { users: new Map() }],
    ['user anna is Deleted, and was Registered, Retired', { users: new Map([['anna', 'Deleted']]) }],
    ['user bob was never there', { users: new Map([...truth.users, ['bob', 'Registered']]) }],
    ['assets is 0, and was 1 to 1', { sums: { assets: 0 } }],
    ['gone is 1, and was 0 to 0', { sums: { gone: 1 } }],
    ['assignments is 1, and was 2 to 3', { sums: { assignments: 1 } }],
    ['available is 0, and was 7 to 8', { sums: { available: 0 } }],
  ])('sees that %s', (words, shown) => {
    expect(said(shown)).toContain(`x: ${words}`);
  });

  test('lets a count include some changes and not others only where Apple notifies each separately', () => {
    const at = (holders: string[], total: number): Truth => ({
      assets: new Map([['1 STDQ', { total, assigned: holders.length, available: total - holders.length, retired: 0 }]]),
      held: new Set(holders.map((holder) => `1 STDQ ${holder}`)),
      users: new Map(),
    });
    // B was assigned, A was released, two were bought, and one was released.
    const truths = [at(['A'], 10), at(['A', 'B'], 12), at(['B'], 11)];
    const counts = (more: object) => ({
      source: 'x',
      readAt: 'now',
      assets: asset({ assigned: 1, available: 9, ...more }),
    });

    for (const odd of [{ assigned: 0 }, { total: 9 }, { available: 7 }]) {
      expect(judge(counts(odd), truths, { isNotified: true })).toEqual([]);
      expect(judge(counts(odd), truths)).toHaveLength(1);
    }
    for (const impossible of [{ total: 8 }, { available: 6 }, { assigned: 3 }, { retired: 1 }])
      expect(judge(counts(impossible), truths, { isNotified: true })).toHaveLength(1);
  });
});
