/** When an asset counts as low: at most this many licenses, or this percentage of the total, are available. */
export type Threshold = { unit: 'licenses' | 'percent'; amount: number } | { unit: 'never' };

/** What a threshold applies to. The nearest one wins. */
export type ThresholdScope =
  | { kind: 'installation' }
  | { kind: 'organization'; organizationId: string }
  | { kind: 'policy'; policyId: string }
  | { kind: 'asset'; uId: string; adamId: string; pricingParam: string };

export function thresholdWords(threshold: Threshold): string {
  switch (threshold.unit) {
    case 'licenses':
      return threshold.amount === 1 ? 'at most 1 license is available' : `at most ${threshold.amount} are available`;
    case 'percent':
      return `at most ${threshold.amount} % are available`;
    case 'never':
      return 'never';
  }
}
