import type { Scan } from '@winesap/api';
import { expect, test } from 'vitest';
import { progressWords, shareDone } from '../src/tokens/token/scan-words.ts';

const scan = (part: Partial<Scan>): Scan => ({
  id: 's',
  tokenId: 't',
  reason: 'button',
  state: 'running',
  queuedAt: '2026-11-22T14:00:00Z',
  startedAt: null,
  finishedAt: null,
  seconds: null,
  requests: 0,
  assets: { done: 0, total: null },
  assignments: { done: 0, total: null },
  users: null,
  secondsLeft: null,
  changes: null,
  discrepancy: null,
  failure: null,
  ...part,
});

test('progress is told in counts of counts and the time that is left', () => {
  const words = progressWords(
    scan({ assets: { done: 212, total: 212 }, assignments: { done: 48_000, total: 61_204 }, secondsLeft: 12 }),
  );
  expect(words).toBe('assets 212 of 212 · assignments 48,000 of 61,204 · about 12 s left');
});

test('what a scan costs and how fast it goes is told once it can be', () => {
  const running = { assets: { done: 200, total: 200 }, assignments: { done: 6600, total: 10_000 }, requests: 9 };
  expect(progressWords(scan({ ...running, seconds: 2 }))).toBe(
    'assets 200 of 200 · assignments 6,600 of 10,000 · 9 requests · 3,400 rows/s',
  );
  expect(progressWords(scan({ ...running, seconds: 0.4 }))).not.toContain('rows/s');
});

test('before Apple has said how much there is, nothing is claimed', () => {
  expect(progressWords(scan({}))).toBe('assets … · assignments …');
  expect(shareDone(scan({}))).toBeNull();
  expect(progressWords(scan({ state: 'queued' }))).toBe('waiting for its turn');
});

test('a location that owns nothing is read at once', () => {
  expect(shareDone(scan({ assets: { done: 0, total: 0 }, assignments: { done: 0, total: 0 } }))).toBe(1);
});

test('the bar does not fall back when the number of assignments becomes known', () => {
  const assets = { done: 212, total: 212 };
  const before = shareDone(scan({ assets })) ?? 0;
  const after = shareDone(scan({ assets, assignments: { done: 0, total: 61_204 } })) ?? 0;
  expect(after).toBeGreaterThanOrEqual(before);
});

test('more rows than announced never show more than all', () => {
  expect(shareDone(scan({ assets: { done: 1, total: 1 }, assignments: { done: 120, total: 100 } }))).toBe(1);
});
