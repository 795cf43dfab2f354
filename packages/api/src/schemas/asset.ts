import { z } from 'zod';
import { Id, Instant, PageQuery } from './common.ts';
import { Threshold, ThresholdSource } from './threshold.ts';

/** Whether an asset runs out of licenses, and since when. Unlimited and gone assets never do. */
export const LowState = z
  .object({
    isLow: z.boolean(),
    since: Instant.nullable().describe('When it was first read so.'),
    threshold: Threshold.describe('What holds for this asset.'),
    from: ThresholdSource.describe('Where that was said.'),
  })
  .meta({ id: 'LowState' });
export type LowState = z.output<typeof LowState>;

/** A contradiction in Apple's answers about an asset. Until it is resolved, nothing counts as gone. */
const AssetDiscrepancy = z
  .object({
    about: z
      .enum(['missing', 'holders', 'counts'])
      .describe(
        'missing: Apple doesn’t list it. holders: as many are listed as aren’t counted. counts: they don’t add up, or fell without proof.',
      ),
    listed: z.number().int().nullable().describe('Holders that Apple lists.'),
    counted: z.number().int().nullable().describe('Licenses that Apple counts as assigned.'),
    since: Instant,
  })
  .meta({ id: 'AssetDiscrepancy' });
/**
 * An app or book owned at a location. Counts are licenses, null if Apple didn't say; `unlimited` assets have no total
 * and no available count.
 */
export const Asset = z
  .object({
    adamId: z.string(),
    pricingParam: z.string(),
    productType: z.string().describe('App or Book; other words of Apple survive.'),
    name: z.string().nullable().describe('Null until the store gave it: show the number.'),
    bundleId: z.string().nullable().describe('Of apps, as the store gave it.'),
    iconUrl: z.string().nullable().describe('Path of this API, same origin.'),
    platforms: z.array(z.string()),
    unlimited: z.boolean(),
    total: z.number().int().nullable(),
    assigned: z.number().int().nullable(),
    available: z.number().int().nullable(),
    retired: z.number().int().nullable(),
    discrepancy: AssetDiscrepancy.nullable().describe('Null: everything fits.'),
    deviceAssignable: z.boolean(),
    revocable: z.boolean(),
    low: LowState,
    gone: z.boolean().describe('Apple no longer lists it; kept for its history.'),
    goneAt: Instant.nullable(),
    readAt: Instant.describe('When these counts were read.'),
  })
  .meta({ id: 'Asset' });
export type Asset = z.output<typeof Asset>;

/** Where an asset is owned. `tokenId` is null once the token was removed, because locations outlive their tokens. */
export const LocationRef = z
  .object({
    uId: z.string().describe('Identification number of the location, for ever.'),
    locationName: z.string(),
    tokenId: Id.nullable(),
    organizationId: Id.nullable(),
    organizationName: z.string().nullable(),
    policyId: Id.nullable(),
    policyName: z.string().nullable(),
  })
  .meta({ id: 'LocationRef' });
export type LocationRef = z.output<typeof LocationRef>;

export const LocatedAsset = Asset.extend({ location: LocationRef }).meta({ id: 'LocatedAsset' });
export type LocatedAsset = z.output<typeof LocatedAsset>;

export const AssetFilter = z.strictObject({
  q: z.string().max(200).optional().describe('Found in the name, the number (adamId) or the bundle id.'),
  platform: z.string().max(40).optional().describe('iOS, macOS, tvOS, watchOS, visionOS.'),
  productType: z.string().max(40).optional().describe('App or Book.'),
  low: z.enum(['true', 'false']).optional().describe('true: only those that are low. false: only those that are not.'),
  unlimited: z.enum(['true', 'false']).optional(),
  gone: z
    .enum(['true', 'false', 'only'])
    .optional()
    .describe('true: also assets Apple no longer lists. only: only those. Otherwise they are left out.'),
});

export const AssetSort = z.strictObject({
  sort: z.enum(['name', 'total', 'assigned', 'available', 'retired', 'adamId', 'readAt']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
});

export const AssetQuery = AssetFilter.extend(AssetSort.shape).extend(PageQuery.shape);
export type AssetQuery = z.output<typeof AssetQuery>;

/** For everything that matches the filter, not only for this page. */
export const AssetTotals = z
  .object({
    assets: z.number().int().describe('Present ones: what is gone is counted apart.'),
    assigned: z.number().int().nullable().describe('Null where counts of some aren’t known.'),
    available: z.number().int().nullable().describe('Of limited assets. Null where counts of some aren’t known.'),
    low: z.number().int(),
    gone: z.number().int(),
    unnamed: z.number().int().describe('Shown by number: the store has not returned their name.'),
  })
  .meta({ id: 'AssetTotals' });
export type AssetTotals = z.output<typeof AssetTotals>;

export const AssetList = z
  .object({
    tokenId: z.uuid().nullable().describe('Null when the policy has no token, own or inherited.'),
    uId: z.string().nullable().describe('Of the location. Null when there is none.'),
    readAt: Instant.nullable().describe('End of the last successful scan.'),
    assets: z.array(Asset),
    nextCursor: z.string().nullable(),
    totals: AssetTotals,
  })
  .meta({ id: 'AssetList' });
export type AssetList = z.output<typeof AssetList>;

/** An asset's counts on a day, as of the last scan of that day that changed something. */
export const AssetDay = z
  .object({
    day: z.iso.date().describe('UTC.'),
    readAt: Instant,
    unlimited: z.boolean(),
    total: z.number().int().nullable(),
    assigned: z.number().int().nullable(),
    available: z.number().int().nullable(),
    retired: z.number().int().nullable(),
    gone: z.boolean(),
  })
  .meta({ id: 'AssetDay' });
export type AssetDay = z.output<typeof AssetDay>;
