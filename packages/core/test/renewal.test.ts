import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS } from '../src/domain/instant.ts';
import { judgeRenewal } from '../src/domain/tokens/renewal.ts';

const at = (days: number) => new Date(Date.UTC(2026, 10, 22) + days * DAY_MS);
const stored = { uId: '2100000000000001', expiresAt: at(300), fingerprint: 'stored' };
const fresh = { uId: '2100000000000001', expiresAt: at(365), fingerprint: 'fresh' };

test.each([
  ['a fresh file of the same location', {}, { verdict: 'ready' }],
  [
    'a file of another location',
    { uId: '2100000000000002' },
    { verdict: 'refused', code: 'renewal.location-mismatch' },
  ],
  ['the very same file', { fingerprint: 'stored' }, { verdict: 'refused', code: 'renewal.same-file' }],
  ['an older file', { expiresAt: at(200) }, { verdict: 'needs-consent', code: 'renewal.older-file' }],
  ['a file of the same afternoon', { expiresAt: at(299.5) }, { verdict: 'ready' }],
  ['a file that does not say when it expires', { expiresAt: null }, { verdict: 'ready' }],
  [
    'the same file of another location, which nobody can have',
    { uId: '2100000000000002', fingerprint: 'stored' },
    { verdict: 'refused', code: 'renewal.location-mismatch' },
  ],
] as const)('%s', (_what, change, verdict) => {
  expect(judgeRenewal(stored, { ...fresh, ...change })).toEqual(verdict);
});

test('a file of another location is never accepted, with or without consent', () => {
  const days = fc.option(fc.integer({ min: -400, max: 400 }).map(at));
  fc.assert(
    fc.property(fc.string(), fc.string(), days, days, fc.string(), fc.string(), (a, b, x, y, one, two) => {
      const { verdict } = judgeRenewal(
        { uId: a, expiresAt: x, fingerprint: one },
        { uId: b, expiresAt: y, fingerprint: two },
      );
      expect(verdict === 'refused').toBe(a !== b || one === two);
    }),
  );
});
