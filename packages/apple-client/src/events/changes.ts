import type { PricingParam } from '../assets/asset.ts';

/** Every asset for, or from, every holder: the cross product. */
export interface ManageAssets {
  /** 1 to `maxAssets` (25), each once. Without `pricingParam` Apple takes `STDQ` (assumed). */
  readonly assets: readonly { readonly adamId: string; readonly pricingParam?: PricingParam }[];
  /** Up to `maxClientUserIds` (1000), each once. This or `serialNumbers` is needed; both may be given. */
  readonly clientUserIds?: readonly string[];
  /** Up to `maxSerialNumbers` (1000), each once. Apple accepts any text; success does not prove that the device exists. */
  readonly serialNumbers?: readonly string[];
}

export interface RevokeAssets {
  /** Up to `maxRevokeClientUserIds` (100). */
  readonly clientUserIds?: readonly string[];
  /** Up to `maxRevokeSerialNumbers` (100). */
  readonly serialNumbers?: readonly string[];
}
