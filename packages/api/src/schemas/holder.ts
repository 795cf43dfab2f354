import { z } from 'zod';
import { LocationRef } from './asset.ts';
import { Instant, PageQuery } from './common.ts';
import { HolderUser } from './user.ts';

const User = HolderUser.nullable().describe('Null for devices, and for users that were not read yet.');

export const HolderKind = z
  .enum(['device', 'user'])
  .describe('device: named by serial number. user: named by clientUserId.')
  .meta({ id: 'HolderKind' });
export type HolderKind = z.output<typeof HolderKind>;

export const HolderFilter = z.strictObject({
  q: z.string().trim().max(200).optional().describe('Begins so: a serial number (in either case) or a clientUserId.'),
  kind: HolderKind.optional(),
});
export const HolderQuery = HolderFilter.extend(PageQuery.shape);

/** Who holds a license of an asset. */
export const Holder = z.object({ kind: HolderKind, holder: z.string(), user: User }).meta({ id: 'Holder' });
export type Holder = z.output<typeof Holder>;

/** Devices first, each kind by name; the order is stable while the list is read. */
export const HolderPage = z
  .object({
    holders: z.array(Holder),
    nextCursor: z.string().nullable(),
    readAt: Instant.nullable().describe('End of the last successful scan.'),
    assigned: z
      .number()
      .int()
      .nullable()
      .describe('Licenses assigned, as Apple counts them; without the filter. Null where it has not said.'),
  })
  .meta({ id: 'HolderPage' });
export type HolderPage = z.output<typeof HolderPage>;

/** A license that a device or a user holds. */
export const Holding = z
  .object({
    kind: HolderKind,
    holder: z.string(),
    user: User,
    adamId: z.string(),
    pricingParam: z.string(),
    productType: z.string(),
    name: z.string().nullable(),
    iconUrl: z.string().nullable(),
    revocable: z.boolean(),
    location: LocationRef,
    readAt: Instant.nullable(),
  })
  .meta({ id: 'Holding' });
export type Holding = z.output<typeof Holding>;
