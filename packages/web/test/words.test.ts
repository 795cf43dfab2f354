import { describe, expect, test } from 'vitest';
import { ago, agoShort, count, daysLeftWords, duration, placeOf, size, some } from '../src/parts/words.ts';

const NOW = Date.parse('2026-11-22T14:00:00Z');
const before = (ms: number) => new Date(NOW - ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('ages', () => {
  test.each([
    [0, 'just now', 'just now'],
    [44_000, 'just now', 'just now'],
    [60_000, '1 minute ago', '1 min ago'],
    [3 * MINUTE, '3 minutes ago', '3 min ago'],
    [89 * MINUTE, '89 minutes ago', '89 min ago'],
    [2 * HOUR, '2 hours ago', '2 h ago'],
    [35 * HOUR, '35 hours ago', '35 h ago'],
    [2 * DAY, '2 days ago', '2 d ago'],
    [-2 * DAY, 'in 2 days', 'in 2 d'],
  ])('%d ms ago are told as “%s” and, where it is narrow, as “%s”', (ms, long, short) => {
    expect(ago(before(ms), NOW)).toBe(long);
    expect(agoShort(before(ms), NOW)).toBe(short);
  });

  test('what is long ago is a date', () => {
    expect(ago(before(100 * DAY), NOW)).toBe('14 Aug 2026');
  });
});

describe('numbers', () => {
  test('counts carry separators and a true minus sign', () => {
    expect(count(61_204)).toBe('61,204');
    expect(count(-2)).toBe('−2');
    expect(some(1, 'token')).toBe('1 token');
    expect(some(0, 'count changed', 'counts changed')).toBe('0 counts changed');
  });

  test.each([
    [212, '212 days'],
    [1, '1 day'],
    [0, 'expires today'],
    [-1, 'expired today'],
    [-2, 'expired 1 day ago'],
    [-3, 'expired 2 days ago'],
  ])('%d days left are told as “%s”', (days, words) => {
    expect(daysLeftWords(days)).toBe(words);
  });

  test.each([
    [1, '1 byte'],
    [512, '512 bytes'],
    [64 * 1024, '64.0 KiB'],
    [1024 ** 3, '1.0 GiB'],
  ])('%d bytes are told as “%s”', (bytes, words) => {
    expect(size(bytes)).toBe(words);
  });

  test.each([
    [0, '1 s'],
    [12, '12 s'],
    [240, '4 min'],
    [4200, '70 min'],
    [7800, '2 h 10 min'],
    [7200, '2 h'],
  ])('%d seconds are told as “%s”', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

test('a policy that bears its organization’s name is said once', () => {
  expect(placeOf({ organizationName: 'Northwind', policyName: 'Retail' })).toBe('Northwind / Retail');
  expect(placeOf({ organizationName: 'Northwind', policyName: 'Northwind' })).toBe('Northwind');
});
