import { z } from 'zod';
import { Asset, AssetDay, AssetTotals, LocationRef } from './asset.ts';
import { Instant } from './common.ts';
import { Permission } from './policy.ts';
import { Scan } from './scan.ts';
import { Mode } from './token.ts';

/** A location and what it owns, in numbers. */
export const LocationDetail = LocationRef.extend({
  country: z.string().nullable(),
  mode: Mode.nullable().describe('Null once the token was removed.'),
  readAt: Instant.nullable().describe('End of the last successful scan.'),
  totals: AssetTotals,
  platforms: z.array(z.string()).describe('That its assets are for: what a filter may offer.'),
  productTypes: z.array(z.string()),
}).meta({ id: 'LocationDetail' });
export type LocationDetail = z.output<typeof LocationDetail>;

export const AssetDetail = z
  .object({
    location: LocationRef,
    asset: Asset,
    asOf: AssetDay.nullable().describe(
      'What was so on the day asked for. Null when none was asked for, or nothing known.',
    ),
    knownFrom: z.iso.date().nullable().describe('The first day of the history.'),
    scans: z.array(Scan).describe('The last five of the location.'),
    may: z.object({ release: Permission }),
  })
  .meta({ id: 'AssetDetail' });
export type AssetDetail = z.output<typeof AssetDetail>;
