import { z } from 'zod';
import { Id } from './common.ts';

/**
 * When an asset counts as low: at most this many licenses available, or at most this percentage of the total. `never`:
 * not at all.
 */
export const Threshold = z
  .discriminatedUnion('unit', [
    z.strictObject({ unit: z.literal('licenses'), amount: z.number().int().min(0).max(1_000_000) }),
    z.strictObject({ unit: z.literal('percent'), amount: z.number().int().min(0).max(100) }),
    z.strictObject({ unit: z.literal('never') }),
  ])
  .meta({ id: 'Threshold' });
export type Threshold = z.output<typeof Threshold>;

export const ThresholdSource = z.enum(['asset', 'policy', 'organization', 'installation']);
export type ThresholdSource = z.output<typeof ThresholdSource>;

/** What a threshold applies to. The nearest one wins: asset, policy and its ancestors, organization, installation. */
export const ThresholdScope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('installation') }),
    z.strictObject({ kind: z.literal('organization'), organizationId: Id }),
    z.strictObject({ kind: z.literal('policy'), policyId: Id }),
    z.strictObject({ kind: z.literal('asset'), uId: z.string(), adamId: z.string(), pricingParam: z.string() }),
  ])
  .meta({ id: 'ThresholdScope' });
export type ThresholdScope = z.output<typeof ThresholdScope>;

export const ThresholdSetting = z
  .object({ scope: ThresholdScope, threshold: Threshold, label: z.string().describe('What it is said for, in words.') })
  .meta({ id: 'ThresholdSetting' });
export type ThresholdSetting = z.output<typeof ThresholdSetting>;
