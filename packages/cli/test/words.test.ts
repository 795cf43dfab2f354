import type { ApiProblem } from '@winesap/api';
import { expect, test } from 'vitest';
import { readSince } from '../src/words/since.ts';
import { ago, daysLeftWords } from '../src/words/time.ts';

const now = new Date('2026-11-22T12:00:00Z');
const before = (ms: number) => new Date(now.getTime() - ms).toISOString();

test.for([
  [before(10_000), 'just now'],
  [before(3 * 60_000), '3 min ago'],
  [before(89 * 60_000), '89 min ago'],
  [before(2 * 3_600_000), '2 h ago'],
  [before(47 * 3_600_000), '47 h ago'],
  [before(9 * 86_400_000), '9 d ago'],
  [before(-240_000), 'in 4 min'],
  [null, 'never'],
  ['not a time', 'not a time'],
] as const)('%s is spoken of as %s', ([instant, words]) => {
  expect(ago(instant, now)).toBe(words);
});

test.for([
  [null, 'expiry not known'],
  [1200, '1,200 days left'],
  [1, '1 day left'],
  [0, 'less than a day left'],
  [-1, 'expired less than a day ago'],
  [-2, 'expired 1 day ago'],
  [-30, 'expired 29 days ago'],
] as const)('%s days are %s', ([days, words]) => {
  expect(daysLeftWords(days)).toBe(words);
});

test.for([
  ['30m', '2026-11-22T11:30:00.000Z'],
  ['24h', '2026-11-21T12:00:00.000Z'],
  ['7d', '2026-11-15T12:00:00.000Z'],
  ['2w', '2026-11-08T12:00:00.000Z'],
  ['2026-11-01T08:00:00Z', '2026-11-01T08:00:00.000Z'],
  ['2026-11-01T08:00+02:00', '2026-11-01T06:00:00.000Z'],
] as const)('--since %s', ([text, instant]) => {
  expect(readSince(text, now)).toBe(instant);
});

test('a day means its midnight here', () => {
  expect(readSince('2026-11-01', now)).toBe(new Date(2026, 10, 1).toISOString());
});

test.for(['yesterday', '', '24', '5y', '2026-13-45', '2026-11-01T99:00:00Z', '-3h'])(
  '--since %j is refused',
  (text) => {
    expect(() => readSince(text, now)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'usage.since' }) }) as ApiProblem,
    );
  },
);
