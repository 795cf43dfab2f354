import { readPage } from '../paging/page.ts';
import type { Fields } from '../read/fields.ts';
import type { Open, Unread } from '../read/trailer.ts';

export type PricingParam = Open<'STDQ' | 'PLUS'>;

/** The value Apple sends for unlimited where a count is expected: 2^31-1. Source: get-assets (documented). */
export const UNLIMITED_COUNT = 2_147_483_647;

/**
 * An app or book owned at a location. Its key is `adamId` with `pricingParam`: a book can be owned in two qualities.
 * Counts are licenses. Source: responseasset, unlimitedresponseasset (documented).
 */
export interface Asset extends Unread {
  /** Digits. */
  readonly adamId: string;
  /** `STDQ` when Apple leaves it out. */
  readonly pricingParam: PricingParam;
  readonly productType: Open<'App' | 'Book'> | null;
  /** The number of licenses is unlimited. `totalCount` and `availableCount` are then null, never 2147483647. */
  readonly unlimited: boolean;
  readonly assignedCount: number | null;
  readonly availableCount: number | null;
  /** What exactly it counts is not documented. Use it for display only. */
  readonly retiredCount: number | null;
  readonly totalCount: number | null;
  /** Whether devices (serial numbers) can hold it; books cannot. */
  readonly deviceAssignable: boolean | null;
  /** Whether licenses can be revoked; those of books cannot. */
  readonly revocable: boolean | null;
  readonly supportedPlatforms: readonly Open<'iOS' | 'macOS' | 'tvOS' | 'watchOS' | 'visionOS'>[];
}

function readAsset(row: Fields, unlimited: boolean): Asset {
  const total = row.count('totalCount');
  const available = row.count('availableCount');
  const isUnlimited = unlimited || total === UNLIMITED_COUNT;
  return {
    adamId: row.needText('adamId'),
    pricingParam: row.text('pricingParam') ?? 'STDQ',
    productType: row.text('productType'),
    unlimited: isUnlimited,
    assignedCount: row.count('assignedCount'),
    availableCount: isUnlimited ? null : available,
    retiredCount: row.count('retiredCount'),
    totalCount: isUnlimited ? null : total,
    deviceAssignable: row.flag('deviceAssignable'),
    revocable: row.flag('revocable'),
    supportedPlatforms: row.texts('supportedPlatforms'),
    ...row.rest(),
  };
}

/** Merges both lists of an assets page: with `unlimited: true`, Apple lists unlimited assets separately. */
export function readAssetsPage(answer: Fields, askedIndex: number) {
  const limited = answer.rows('assets', (row) => readAsset(row, false));
  const unlimited = answer.rows('unlimitedAssets', (row) => readAsset(row, true));
  return readPage(answer, askedIndex, unlimited.length === 0 ? limited : [...limited, ...unlimited]);
}
