import type { LowState } from '../schemas/asset.ts';
import type { Threshold } from '../schemas/threshold.ts';
import { plural } from './numbers.ts';

/** When licenses count as low, to follow “Low when”: `at most 5 licenses are available`; `never`. */
export function thresholdWords(threshold: Threshold): string {
  switch (threshold.unit) {
    case 'never':
      return 'never';
    case 'percent':
      return `at most ${threshold.amount} % of the total is available`;
    case 'licenses':
      return threshold.amount === 0
        ? 'no license is available'
        : `at most ${plural(threshold.amount, 'license is', 'licenses are')} available`;
  }
}

/** Where a threshold was set. */
export const THRESHOLD_SOURCE_WORD: Record<LowState['from'], string> = {
  asset: 'set for this asset',
  policy: 'set for the policy',
  organization: 'set for the organization',
  installation: 'as everywhere',
};
