export const ASSET_COLUMNS = ['name', 'adamId', 'total', 'assigned', 'available', 'retired', 'readAt'] as const;
export type AssetColumn = (typeof ASSET_COLUMNS)[number];

export interface AssetSort {
  column: AssetColumn;
  descending: boolean;
}

/** From the address: `available` or `-available`. By name when it says nothing that is known. */
export function sortOf(text: string | undefined): AssetSort {
  const descending = text?.startsWith('-') ?? false;
  const name = descending ? text?.slice(1) : text;
  const column = ASSET_COLUMNS.find((each) => each === name);
  return column === undefined ? { column: 'name', descending: false } : { column, descending };
}

export function sortText({ column, descending }: AssetSort): string {
  return `${descending ? '-' : ''}${column}`;
}
