import { describe, expect, test } from 'vitest';
import { type Hook, type HookFacts, planHook } from '../src/domain/hooks/hook.ts';
import { hookFailureWords } from '../src/domain/hooks/hook-words.ts';
import { totalOf } from '../src/domain/notifications/notice-effect.ts';
import { noticeWords } from '../src/domain/notifications/notice-words.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const BASE = 'https://winesap.example/hooks/apple/';
const DAY = 86_400_000;
const TYPES = ['ASSET_COUNT', 'ASSET_MANAGEMENT'];
const hook: Hook = {
  uId: '1',
  path: 'abc',
  secret: 'sealed',
  secretMark: 'mark',
  secretAt: NOW,
  next: null,
  rotationWanted: false,
  state: 'set',
  wantedTypes: TYPES,
  typesAt: NOW,
  failure: null,
  attempts: 0,
  nextTryAt: null,
};
const ours = { url: `${BASE}abc`, secretMark: 'mark', types: TYPES };
const facts: HookFacts = { base: BASE, mode: 'manage', claim: 'ours', hook, shown: ours, rotateEveryMs: 180 * DAY };
const because = (change: Partial<HookFacts>, now = NOW) => {
  const plan = planHook({ ...facts, ...change }, now);
  return plan.do === 'set' ? plan.because : plan.do;
};

describe('planning a location’s notifications', () => {
  test('does nothing while Apple shows what we want, in any order', () => {
    expect(because({})).toBe('nothing');
    expect(because({ shown: { ...ours, types: TYPES.toReversed() } })).toBe('nothing');
  });

  test('does nothing where the location is only watched or another system holds the claim', () => {
    const foreign = { url: 'https://other.example/x', secretMark: 'other', types: [] };

    expect(because({ mode: 'watch', shown: foreign })).toBe('nothing');
    expect(because({ claim: 'taken', shown: foreign })).toBe('nothing');
  });

  test('names each difference', () => {
    expect(because({ hook: null })).toEqual(['first']);
    expect(because({ shown: { url: null, secretMark: null, types: [] } })).toEqual(['gone']);
    expect(because({ shown: { ...ours, url: 'https://other.example/x' } })).toEqual(['foreign']);
    expect(because({ shown: { ...ours, url: 'https://before.example/hooks/apple/abc' } })).toEqual(['moved']);
    expect(because({ shown: { ...ours, secretMark: 'another' } })).toEqual(['secret']);
    expect(because({ shown: { ...ours, types: ['ASSET_COUNT'] } })).toEqual(['types']);
  });

  test('replaces a secret by age, on request, and until Apple shows the new one', () => {
    const next = { secret: 'sealed', mark: 'next', at: NOW };

    expect(because({}, new Date(NOW.getTime() + 180 * DAY))).toEqual(['rotation']);
    expect(because({ hook: { ...hook, rotationWanted: true } })).toEqual(['rotation']);
    expect(because({ hook: { ...hook, next } })).toEqual(['rotation']);
    expect(because({ hook: { ...hook, next }, shown: { ...ours, secretMark: 'next' } })).toBe('nothing');
  });

  test('removes only our own settings when notifications are switched off', () => {
    expect(because({ base: null })).toBe('release');
    expect(because({ base: null, shown: { ...ours, url: 'https://other.example/x' } })).toBe('nothing');
  });
});

test('every reason why Apple refused an address comes with a next step', () => {
  const refused = (errorNumber: number) =>
    hookFailureWords(
      { kind: 'refused', httpStatus: 400, errorNumber, errorMessage: '', doing: 'updating', retryAfterMs: null },
      `${BASE}abc`,
    ).nextStep;

  expect(refused(9728)).toContain('reachable from the internet');
  expect(refused(9712)).toContain('https://');
  expect(refused(9711)).toContain('shorter');
  expect(refused(9710)).toContain('rotate-secret');
});

test('many effects make one line, the most changed assets first', () => {
  const change = (adamId: string, assigned: number, givenBack = 0, bought = 0) => ({
    adamId,
    pricingParam: 'STDQ',
    assigned,
    givenBack,
    bought,
  });
  const none = { kind: 'assignments' as const, failed: [], users: 0, asked: [], scan: null };
  const total = totalOf([
    { ...none, changes: [change('1', 2)] },
    { ...none, changes: [change('2', 0, 12), change('1', 1)] },
    { ...none, changes: [], failed: [{ adamId: '1', change: 'given', licenses: 4, errorNumber: 9709 }] },
  ]);

  expect(noticeWords(total, new Map([['1', 'Keynote']]))).toBe(
    'Apple notified: 12 licenses of asset 2 given back; 3 licenses of Keynote assigned elsewhere; 4 licenses of Keynote could not be assigned (9709).',
  );
});
