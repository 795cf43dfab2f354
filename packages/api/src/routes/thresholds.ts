import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Threshold, ThresholdScope, ThresholdSetting } from '../schemas/threshold.ts';

const tag = 'Licenses';
const Settings = z.object({ thresholds: z.array(ThresholdSetting) });

export const thresholds = {
  listThresholds: defineRoute('GET', '/api/license-thresholds', {
    access: 'viewer',
    tag,
    summary: 'When licenses count as low, wherever something was said about it',
    response: Settings,
  }),
  setThreshold: defineRoute('PUT', '/api/license-thresholds', {
    access: 'admin',
    tag,
    summary: 'Say when licenses count as low; null: as what stands above says',
    body: z.strictObject({ scope: ThresholdScope, threshold: Threshold.nullable() }),
    response: Settings,
    refusals: ['organization.not-found', 'policy.not-found', 'asset.not-found'],
  }),
};
