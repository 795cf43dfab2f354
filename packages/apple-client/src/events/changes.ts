import type { PricingParam } from '../assets/asset.ts';

/** Every asset combined with every holder. */
export interface ManageAssets {
  /** 1 to `maxAssets` (25), without duplicates. Without `pricingParam`, Apple uses `STDQ` (assumed). */
  readonly assets: readonly { readonly adamId: string; readonly pricingParam?: PricingParam }[];
  /** Up to `maxClientUserIds` (1000), without duplicates. This or `serialNumbers` is required; both are allowed. */
  readonly clientUserIds?: readonly string[];
  /**
   * Up to `maxSerialNumbers` (1000), without duplicates. Apple accepts any text; success does not prove that the device
   * exists.
   */
  readonly serialNumbers?: readonly string[];
}

export interface RevokeAssets {
  /** Up to `maxRevokeClientUserIds` (100). */
  readonly clientUserIds?: readonly string[];
  /** Up to `maxRevokeSerialNumbers` (100). */
  readonly serialNumbers?: readonly string[];
}
