import { expect, test } from 'vitest';
import { DAY_MS } from '../src/domain/instant.ts';
import type { SaidAsset } from '../src/domain/licenses/asset.ts';
import {
  isFullPassDue,
  isMuchLess,
  isUnchanged,
  nextFullEveryMs,
  type Reading,
  type ReadingDiscrepancy,
} from '../src/domain/licenses/reading.ts';
import { AGREES } from '../src/domain/list-evidence.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const reading = (part: Partial<Reading> = {}): Reading => ({
  assetsVersion: 'a',
  assignmentsVersion: 'b',
  held: 40,
  surplus: 0,
  discrepancy: null,
  fullAt: ago(1000),
  fullEveryMs: DAY_MS,
  askedAt: null,
  ...part,
});

const odd = (about: ReadingDiscrepancy['about']) => ({ about, assets: 1, listed: 8, counted: 10 });

test.each([
  ['nothing was read yet', null, 'schedule', true],
  ['the token is new', reading(), 'added', true],
  ['the token was renewed', reading(), 'renewal', true],
  ['all was read a moment ago', reading(), 'schedule', false],
  ['holders and counts did not agree', reading({ discrepancy: odd('holders') }), 'schedule', true],
  ['only the list of assets lacked one', reading({ discrepancy: odd('missing') }), 'schedule', false],
  ['Apple gave no version to go on from', reading({ assignmentsVersion: '' }), 'schedule', true],
  ['the last full pass is a day old', reading({ fullAt: ago(DAY_MS) }), 'schedule', true],
  ['it is a day old, and good for two', reading({ fullAt: ago(DAY_MS), fullEveryMs: 2 * DAY_MS }), 'button', false],
  ['a person asks again after 59 seconds', reading({ askedAt: ago(59_000) }), 'button', true],
  ['a person asks again after a minute', reading({ askedAt: ago(60_000) }), 'button', false],
  ['the schedule follows a person at once', reading({ askedAt: ago(1000) }), 'schedule', false],
] as const)('whether all is read when %s', (_, before, reason, due) => {
  expect(isFullPassDue(before, reason, NOW)).toBe(due);
});

test('full scans of an unchanged location double their interval, at least weekly, and return to daily after a change', () => {
  const days = [1, 2, 4, 7].map((every) => nextFullEveryMs(reading({ fullEveryMs: every * DAY_MS }), false) / DAY_MS);

  expect(days).toEqual([2, 4, 7, 7]);
  expect(nextFullEveryMs(reading({ fullEveryMs: 7 * DAY_MS }), true)).toBe(DAY_MS);
  expect(nextFullEveryMs(null, false)).toBe(DAY_MS);
});

test.each([
  [0, 0, false],
  [1, 0, true],
  [1000, 1, false],
  [1001, 501, false],
  [1001, 500, true],
])('of %i rows, %i are left: much less %s', (before, now, suspicious) => {
  expect(isMuchLess(before, now)).toBe(suspicious);
});

test('the first of several pages proves that nothing changed, unless a count may be on another page', () => {
  const asset = (adamId: string, counts: Partial<SaidAsset> = {}): SaidAsset => ({
    adamId,
    pricingParam: 'STDQ',
    productType: 'App',
    unlimited: false,
    total: 20,
    assigned: 10,
    available: 10,
    retired: 0,
    deviceAssignable: true,
    revocable: true,
    platforms: ['iOS'],
    ...counts,
  });
  const page = { versionId: 'a', assets: [asset('1')], evidence: AGREES, complete: false };
  const stands = (second: SaidAsset) => isUnchanged([asset('1'), second], 'a', page);

  expect(stands(asset('2'))).toBe(true);
  expect(stands(asset('2', { unlimited: true, total: null, available: null }))).toBe(true);
  expect(stands(asset('2', { available: null }))).toBe(false);
  expect(stands(asset('2', { retired: null }))).toBe(false);
});
