import type { Asset } from '@winesap/api';

/** What the address says of the list; every part a text. */
export interface AssetSearch {
  q?: string | undefined;
  sort?: string | undefined;
  platform?: string | undefined;
  type?: string | undefined;
  low?: string | undefined;
  gone?: string | undefined;
}

/** Few licenses are left to assign. Never so of unlimited ones, nor of what is gone. */
export function isLow(asset: Asset): boolean {
  return !asset.unlimited && !asset.gone && asset.available === 0;
}

/** The assets that fit the search, in the order they came. A platform nobody has and a mistyped type leave nothing. */
export function filterAssets(assets: readonly Asset[], search: AssetSearch): Asset[] {
  const words = search.q?.trim().toLowerCase() ?? '';
  return assets.filter(
    (asset) =>
      (words === '' || `${asset.name ?? ''} ${asset.adamId}`.toLowerCase().includes(words)) &&
      (search.platform === undefined || asset.platforms.includes(search.platform)) &&
      (search.type === undefined || asset.productType === search.type) &&
      (search.low !== 'true' || isLow(asset)),
  );
}

/** What there is to choose from: the platforms and types of these assets, by name. */
export function assetChoices(assets: readonly Asset[]): { platforms: string[]; types: string[] } {
  return {
    platforms: [...new Set(assets.flatMap(({ platforms }) => platforms))].sort(),
    types: [...new Set(assets.map(({ productType }) => productType))].sort(),
  };
}
