import type { QueryInputOf, routes } from '@winesap/api';
import { sortOf } from './asset-sort.ts';

/** What the address says of the list; every part a text. */
export interface AssetSearch {
  q?: string | undefined;
  sort?: string | undefined;
  platform?: string | undefined;
  type?: string | undefined;
  low?: string | undefined;
  gone?: string | undefined;
}

type AssetFilter = QueryInputOf<typeof routes.exportLocationAssets>;

/** The server's filter for an address; what is mistyped is left out instead of refused. */
export function assetFilterOf({ q, platform, type, low, gone, sort }: AssetSearch): AssetFilter {
  const { column, descending } = sortOf(sort);
  return {
    ...(q === undefined || q.trim() === '' ? {} : { q: q.trim().slice(0, 200) }),
    ...(platform === undefined ? {} : { platform: platform.slice(0, 40) }),
    ...(type === undefined ? {} : { productType: type.slice(0, 40) }),
    ...(low === 'true' ? { low } : {}),
    ...(gone === 'true' ? { gone } : {}),
    sort: column,
    order: descending ? 'desc' : 'asc',
  };
}

/** Whether anything but the order is asked for. */
export function isNarrowed({ q, platform, type, low }: AssetSearch): boolean {
  return [q?.trim(), platform, type, low].some((part) => part !== undefined && part !== '');
}
