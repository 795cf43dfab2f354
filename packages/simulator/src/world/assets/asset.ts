export type PricingParam = 'STDQ' | 'PLUS';
export type ProductType = 'App' | 'Book';

/** What `totalCount` says for an unlimited asset when the client did not ask about unlimited ones. */
export const UNLIMITED = 2147483647;

/** An app or book owned at a location. `index` is its place in the location and its number in the assignment table. */
export interface Asset {
  readonly index: number;
  readonly adamId: string;
  readonly pricingParam: PricingParam;
  readonly productType: ProductType;
  /** Owned licenses; meaningless when `unlimited`. */
  total: number;
  unlimited: boolean;
  assigned: number;
  retired: number;
  readonly deviceAssignable: boolean;
  readonly revocable: boolean;
  readonly supportedPlatforms: readonly string[];
}

export function availableOf(asset: Asset): number {
  return asset.unlimited ? UNLIMITED - asset.assigned : asset.total - asset.assigned - asset.retired;
}

export function assetKey(adamId: string, pricingParam: PricingParam): string {
  return `${adamId}|${pricingParam}`;
}
