import { type AlertFacts, type RuleCondition, reasonsOf } from '@winesap/core';
import { describe, expect, test } from 'vitest';

const now = new Date('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const healthy: AlertFacts = {
  tokenId: 't',
  organizationId: 'o',
  organizationName: 'Orchard',
  policyPath: ['child', 'root'],
  locationName: 'Barn',
  expiresAt: inDays(300),
  expiryDays: null,
  state: 'healthy',
  stateSince: inDays(-9),
  stateTrail: [],
  readAt: inDays(0),
  scanFailingSince: null,
  mode: 'manage',
  claim: 'ours',
  claimId: 'us',
  claimName: 'Winesap',
  claimWanted: false,
  claimRevision: 1,
  lastNotificationAt: null,
  assets: [],
  failedAssignments: 0,
};
const keyOf = (condition: RuleCondition, facts: Partial<AlertFacts>) =>
  reasonsOf({ scope: { kind: 'all' }, condition }, { ...healthy, ...facts }, now, DAY_MS)[0]?.key ?? null;

describe('a rule about expiry', () => {
  const rule = { kind: 'expiry', days: [60, 30, 7] } as const;

  test.each([
    [61, null],
    [60, 60],
    [29, 30],
    [2, 7],
    [0, null],
    [-1, null],
  ])('%d days before tells the smallest threshold reached', (days, threshold) => {
    const expiresAt = inDays(days);

    expect(keyOf(rule, { expiresAt })).toBe(threshold && `expiry:t:${expiresAt.toISOString()}:${threshold}`);
  });

  test('says nothing of a token without expiry date, nor of a dead one', () => {
    expect(keyOf(rule, { expiresAt: null })).toBeNull();
    expect(keyOf(rule, { expiresAt: inDays(5), state: 'revoked' })).toBeNull();
  });
});

describe('a rule about states', () => {
  const rule = { kind: 'state', entered: ['revoked', 'throttled'], left: [] } as const;

  test('tells red at once, amber after it has stayed ten minutes', () => {
    const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

    expect(keyOf(rule, { state: 'revoked', stateSince: now })).not.toBeNull();
    expect(keyOf(rule, { state: 'throttled', stateSince: ago(9) })).toBeNull();
    expect(keyOf(rule, { state: 'throttled', stateSince: ago(10) })).not.toBeNull();
    expect(keyOf(rule, { state: 'expired' })).toBeNull();
  });
});

test('a policy stands for everything below it', () => {
  const condition = { kind: 'scan', hours: 1 } as const;
  const old = { ...healthy, readAt: inDays(-2) };
  const under = (policyId: string) => reasonsOf({ scope: { kind: 'policy', policyId }, condition }, old, now, DAY_MS);

  expect(under('root')).toHaveLength(1);
  expect(under('other')).toEqual([]);
});

test('only a foreign claim nobody agreed to is told', () => {
  expect(keyOf({ kind: 'claim' }, { claim: 'taken', claimId: 'other' })).toBe('claim:t:other:1');
  expect(keyOf({ kind: 'claim' }, { claim: 'agreed', claimId: 'other' })).toBeNull();
});
