import type { Scan } from '@winesap/api';
import { expect, test } from 'vitest';
import { shareDone } from '../src/tokens/notice/scan-share.ts';

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

test('before Apple has said how much there is, the bar claims nothing', () => {
  expect(shareDone(scan({}))).toBeNull();
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
