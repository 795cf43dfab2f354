import type { Asset } from '@winesap/api';

/** The store's name, or the number in its place. */
export function assetName({ name, adamId }: Pick<Asset, 'name' | 'adamId'>): string {
  return name ?? `Number ${adamId}`;
}

/** `App`, `iOS`, `macOS`, and what is unusual about it. */
export function assetTraits(asset: Asset): string[] {
  return [
    asset.productType,
    ...asset.platforms,
    ...(asset.pricingParam === 'STDQ' ? [] : [asset.pricingParam]),
    ...(asset.deviceAssignable ? [] : ['users only']),
    ...(asset.revocable ? [] : ['not revocable']),
    ...(asset.gone ? ['gone from Apple’s list'] : []),
  ];
}
