import type { LowState, Threshold } from '@winesap/api';
import { count } from '../../parts/words.ts';

/** `at most 5 are available`, `at most 10 % of the total is available`, `never`. */
export function thresholdWords(threshold: Threshold): string {
  switch (threshold.unit) {
    case 'never':
      return 'never';
    case 'percent':
      return `at most ${threshold.amount} % of the total is available`;
    case 'licenses':
      return threshold.amount === 0 ? 'none is available' : `at most ${count(threshold.amount)} are available`;
  }
}

/** Where a threshold was said. */
export const SOURCE_WORD: Record<LowState['from'], string> = {
  asset: 'set for this asset',
  policy: 'set for the policy',
  organization: 'set for the organization',
  installation: 'as everywhere',
};
