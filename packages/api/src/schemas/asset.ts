import { z } from 'zod';
import { Instant } from './common.ts';

/** An app or book owned at a location. Counts are licenses; `unlimited` ones have no total and no available. */
export const Asset = z
  .object({
    adamId: z.string(),
    pricingParam: z.string(),
    productType: z.string().describe('App or Book; other words of Apple survive.'),
    name: z.string().nullable().describe('Null until the store gave it: show the number.'),
    iconUrl: z.string().nullable().describe('Path of this API, same origin.'),
    platforms: z.array(z.string()),
    unlimited: z.boolean(),
    total: z.number().int().nullable(),
    assigned: z.number().int(),
    available: z.number().int().nullable(),
    retired: z.number().int().nullable(),
    deviceAssignable: z.boolean(),
    revocable: z.boolean(),
    gone: z.boolean().describe('Apple no longer lists it; kept for its history.'),
    readAt: Instant,
  })
  .meta({ id: 'Asset' });
export type Asset = z.output<typeof Asset>;

export const AssetList = z
  .object({
    tokenId: z.uuid().nullable().describe('Null when the policy has no token, own or inherited.'),
    readAt: Instant.nullable(),
    assets: z.array(Asset),
    totals: z.object({
      assets: z.number().int(),
      assigned: z.number().int(),
      available: z.number().int(),
    }),
  })
  .meta({ id: 'AssetList' });
export type AssetList = z.output<typeof AssetList>;
