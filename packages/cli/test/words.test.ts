import type { ApiProblem } from '@winesap/api';
import { expect, test } from 'vitest';
import { readSince } from '../src/words/since.ts';

const now = new Date('2026-11-22T12:00:00Z');

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

test('a day means its local midnight', () => {
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
