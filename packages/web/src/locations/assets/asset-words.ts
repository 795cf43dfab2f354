import type { Asset } from '@winesap/api';
import { count, plural } from '@winesap/api/words';

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
    ...(asset.discrepancy === null || asset.gone ? [] : ['in question']),
  ];
}

/** What doesn't fit in Apple's answers about it, in a sentence. */
export function discrepancyWords({ about, listed, counted }: NonNullable<Asset['discrepancy']>): string {
  switch (about) {
    case 'missing':
      return listed ? 'Apple doesn’t list it, but lists who holds it.' : 'Apple doesn’t list it any more.';
    case 'holders':
      return `Apple lists ${plural(listed, 'holder')} but counts ${count(counted)}.`;
    case 'counts':
      return 'Apple’s counts of it don’t add up, or fell without proof.';
  }
}
