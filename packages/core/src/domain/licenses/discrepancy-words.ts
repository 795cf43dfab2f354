import { amount, count } from '../quote.ts';
import type { ReadingDiscrepancy } from './reading.ts';

/** Describes a contradiction in Apple's answers in one sentence with both numbers. */
export function discrepancyWords({ about, assets, listed, counted }: ReadingDiscrepancy): string {
  switch (about) {
    case 'holders':
      return `Apple lists ${number(listed, 'assignment')} of ${count(assets, 'asset')} but counts ${bare(counted)}.`;
    case 'missing':
      return listed
        ? `Apple lists ${count(listed, 'assignment')} of ${count(assets, 'asset')} that it doesn’t list.`
        : `Apple no longer lists ${count(assets, 'asset')}.`;
    case 'counts':
      return `Apple’s counts of ${count(assets, 'asset')} don’t add up, or fell without proof.`;
    case 'list':
      return `Apple’s list of assets contradicts itself: it promises ${bare(counted)} and sends ${bare(listed)}.`;
    case 'users':
      return `Apple’s list of users isn’t proven: it names ${number(listed, 'user')}, and ${bare(counted)} were expected.`;
  }
}

/** `1,204` */
function bare(value: number | null): string {
  return value === null ? 'an unknown number' : amount(value);
}

function number(value: number | null, what: string): string {
  return value === null ? `an unknown number of ${what}s` : count(value, what);
}
