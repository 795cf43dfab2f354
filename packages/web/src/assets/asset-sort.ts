import type { Asset } from '@winesap/api';

export const ASSET_COLUMNS = ['name', 'adamId', 'total', 'assigned', 'available', 'retired'] as const;
export type AssetColumn = (typeof ASSET_COLUMNS)[number];

export interface AssetSort {
  column: AssetColumn;
  descending: boolean;
}

/** From the address: `available` or `-available`. By name when it says nothing that is known. */
export function sortOf(text: string | undefined): AssetSort {
  const descending = text?.startsWith('-') ?? false;
  const name = descending ? text?.slice(1) : text;
  return { column: ASSET_COLUMNS.find((column) => column === name) ?? 'name', descending };
}

export function sortText({ column, descending }: AssetSort): string {
  return `${descending ? '-' : ''}${column}`;
}

/** Unlimited counts as more than any number; what is not known comes last either way. */
export function sortAssets(assets: readonly Asset[], { column, descending }: AssetSort): Asset[] {
  const sign = descending ? -1 : 1;
  return [...assets].sort((a, b) => {
    const [x, y] = [valueIn(a, column), valueIn(b, column)];
    if (x === y) return byName(a, b);
    if (x === null) return 1;
    if (y === null) return -1;
    const order = typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y)) : x - y;
    return order === 0 ? byName(a, b) : sign * order;
  });
}

function valueIn(asset: Asset, column: AssetColumn): string | number | null {
  switch (column) {
    case 'name':
      return asset.name;
    case 'adamId':
      return Number(asset.adamId);
    case 'total':
    case 'available':
      return asset.unlimited ? Number.POSITIVE_INFINITY : asset[column];
    case 'assigned':
    case 'retired':
      return asset[column];
  }
}

function byName(a: Asset, b: Asset): number {
  return (a.name ?? a.adamId).localeCompare(b.name ?? b.adamId);
}
