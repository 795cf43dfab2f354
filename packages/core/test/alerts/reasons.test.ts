import { type AlertFacts, type RuleCondition, type RuleScope, reasonsOf } from '@winesap/core';
import { describe, expect, test } from 'vitest';
import { factsOf, inDays, NOW } from './facts.ts';

const DAY_MS = 86_400_000;
const hoursAgo = (hours: number) => inDays(-hours / 24);
const told = (condition: RuleCondition, facts: Partial<AlertFacts>, scope: RuleScope = { kind: 'all' }) =>
  reasonsOf({ scope, condition }, factsOf(facts), NOW, DAY_MS);
const keyOf = (condition: RuleCondition, facts: Partial<AlertFacts>) => told(condition, facts)[0]?.key ?? null;

describe('a rule about expiry', () => {
  const rule = { kind: 'expiry', days: [60, 30, 7] } as const;

  test.each([
    [61, null],
    [60, 60],
    [29, 30],
    [2, 7],
    [0, null],
    [-1, null],
  ])('%d days before tells the smallest number of days reached', (days, threshold) => {
    const expiresAt = inDays(days);

    expect(keyOf(rule, { expiresAt })).toBe(threshold && `expiry:t:${expiresAt.toISOString()}:${threshold}`);
  });

  test('ignores tokens without an expiry date and dead ones', () => {
    expect(told(rule, { expiresAt: null })).toEqual([]);
    expect(told(rule, { expiresAt: inDays(5), state: 'revoked' })).toEqual([]);
  });

  test("uses the token's own days where it has some", () => {
    expect(told(rule, { expiresAt: inDays(50), expiryDays: [20] })).toEqual([]);
    expect(keyOf(rule, { expiresAt: inDays(19), expiryDays: [20] })).toMatch(/:20$/);
  });
});

describe('a rule about states', () => {
  const rule = { kind: 'state', entered: ['revoked', 'throttled'], left: [] } as const;

  test('alerts on red states immediately, and on amber ones after ten minutes', () => {
    const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

    expect(keyOf(rule, { state: 'revoked', stateSince: NOW })).not.toBeNull();
    expect(keyOf(rule, { state: 'throttled', stateSince: ago(9) })).toBeNull();
    expect(keyOf(rule, { state: 'throttled', stateSince: ago(10) })).not.toBeNull();
    expect(keyOf(rule, { state: 'expired' })).toBeNull();
  });

  test('alerts on a state that was left, even between two quick changes, but not on old ones', () => {
    const left = { kind: 'state', entered: [], left: ['revoked'] } as const;
    const span = (until: Date) => ({ state: 'revoked' as const, since: inDays(-9), until });
    const after = { state: 'expired' as const, since: NOW, until: NOW };

    expect(told(left, { stateTrail: [span(NOW), after] })).toMatchObject([
      { title: 'Barn is no longer revoked.', moment: true },
    ]);
    expect(told(left, { stateTrail: [span(inDays(-4))] })).toEqual([]);
    expect(told(left, { state: 'unreachable', stateTrail: [span(NOW)] })).toEqual([]);
  });
});

describe('a rule about scans', () => {
  const rule = { kind: 'scan', hours: 6 } as const;

  test('counts from the first failure, or from when the next scan was due', () => {
    expect(told(rule, { readAt: hoursAgo(23), scanFailingSince: null })).toEqual([]);
    expect(told(rule, { readAt: hoursAgo(23), scanFailingSince: hoursAgo(5) })).toEqual([]);
    expect(told(rule, { readAt: hoursAgo(23), scanFailingSince: hoursAgo(6) })).toHaveLength(1);
    expect(told(rule, { readAt: hoursAgo(29) })).toEqual([]);
    expect(told(rule, { readAt: hoursAgo(30) })).toHaveLength(1);
  });
});

describe('a rule about licenses', () => {
  const asset = (available: number, total: number) => ({
    adamId: '1',
    pricingParam: 'STDQ',
    name: 'Keynote',
    available,
    total,
    low: available === 9,
  });
  const rule = (below: number | null, belowPercent: number | null) =>
    ({ kind: 'licenses', below, belowPercent, adamIds: [] }) as const;

  test.each([
    [rule(5, null), asset(4, 100), true],
    [rule(5, null), asset(5, 100), false],
    [rule(null, 10), asset(9, 100), true],
    [rule(null, 10), asset(10, 100), false],
    [rule(5, 1), asset(4, 100), true],
    [rule(5, 10), asset(0, 0), false],
    [rule(null, null), asset(9, 100), true],
    [rule(null, null), asset(8, 100), false],
    [{ ...rule(5, null), adamIds: ['2'] }, asset(1, 100), false],
  ])('%j of %j: %s', (condition, counts, low) => {
    expect(told(condition, { assets: [counts] })).toHaveLength(low ? 1 : 0);
  });

  test('names the licenses that are left, and where', () => {
    expect(told(rule(5, null), { assets: [asset(1, 100)] })[0]?.title).toBe(
      'Only 1 license of “Keynote” is left at Barn, of 100.',
    );
    expect(told(rule(5, null), { assets: [asset(0, 100)] })[0]?.title).toBe(
      'No license of “Keynote” is left at Barn, of 100.',
    );
  });
});

describe('a rule about the claim', () => {
  const rule = { kind: 'claim' } as const;

  test('alerts on a foreign claim that no admin agreed to, again when it returns, and on a lost claim of ours', () => {
    const taken = { claim: 'taken', claimId: 'other' } as const;

    expect(keyOf(rule, taken)).toBe('claim:t:other:1');
    expect(keyOf(rule, { ...taken, claimRevision: 3 })).toBe('claim:t:other:3');
    expect(keyOf(rule, { claim: 'free', claimId: null })).toBe('claim:t:gone:1');
    expect(told(rule, { claim: 'agreed', claimId: 'other' })).toEqual([]);
    expect(told(rule, { claim: 'free', claimId: null, claimWanted: true })).toEqual([]);
    expect(told(rule, { claim: 'free', claimId: null, mode: 'watch' })).toEqual([]);
  });
});

test('missing notifications cause an alert where they are set up and the token works', () => {
  const rule = { kind: 'notifications', hours: 48 } as const;

  expect(told(rule, { lastNotificationAt: null })).toEqual([]);
  expect(told(rule, { lastNotificationAt: hoursAgo(47) })).toEqual([]);
  expect(told(rule, { lastNotificationAt: hoursAgo(48) })).toHaveLength(1);
  expect(told(rule, { lastNotificationAt: hoursAgo(48), state: 'revoked' })).toEqual([]);
});

test('failed assignments cause an alert from the configured number on', () => {
  const rule = { kind: 'assignments', failed: 10, hours: 24 } as const;

  expect(told(rule, { failedAssignments: 9 })).toEqual([]);
  expect(told(rule, { failedAssignments: 10 })).toMatchObject([{ key: null, subject: 'assignments:t' }]);
});

test('a policy includes everything below it', () => {
  const rule = { kind: 'scan', hours: 1 } as const;
  const old = { readAt: inDays(-2) };

  expect(told(rule, old, { kind: 'policy', policyId: 'root' })).toHaveLength(1);
  expect(told(rule, old, { kind: 'policy', policyId: 'other' })).toEqual([]);
  expect(told(rule, old, { kind: 'organization', organizationId: 'o' })).toHaveLength(1);
  expect(told(rule, old, { kind: 'token', tokenId: 'other' })).toEqual([]);
});
