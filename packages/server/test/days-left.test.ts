import { shownDaysLeft } from '@winesap/api/words';
import { DAY_MS, daysUntil, healthWords } from '@winesap/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const NOW = new Date('2026-11-28T12:00:00Z');
const DAYS_AGO: Record<string, number> = { today: 0, yesterday: 1 };

function wordsOf(daysLeft: number): string {
  const facts = {
    locationName: 'Barn',
    daysLeft,
    claimName: null,
    failure: null,
    portal: 'business.apple.com' as const,
  };
  return healthWords('expired', facts).brief.replace('expired ', '');
}

test('for any expiry date, the number matches the words', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 * DAY_MS }), (ms) => {
      const daysLeft = daysUntil(new Date(NOW.getTime() - ms), NOW);

      const words = wordsOf(daysLeft);

      expect(0 - shownDaysLeft(daysLeft)).toBe(DAYS_AGO[words] ?? Number(words.replace(' days ago', '')));
      // A whole day is over when the next one has begun.
      expect(shownDaysLeft(daysLeft)).toBe(0 - Math.floor((ms - 1) / DAY_MS));
    }),
    { examples: [[1], [DAY_MS], [DAY_MS + 1]] },
  );
});
