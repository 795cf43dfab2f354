import { type Asset, type AssetName, assetKey } from '../licenses/asset.ts';

/** The approximate number of rows on a page; Apple decides. */
const PAGE_ROWS = 1000;

type Counted = AssetName & Pick<Asset, 'assigned'>;

/**
 * Returns the assets whose count isn't what was stored plus what was added since, or isn't known, and those that
 * vanished with licenses assigned.
 */
export function oddAssets(
  stored: readonly Counted[],
  fresh: readonly Counted[],
  added: ReadonlyMap<string, number>,
): Counted[] {
  const before = new Map(stored.map((asset) => [assetKey(asset), asset.assigned]));
  const listed = new Set(fresh.map(assetKey));
  const expected = (key: string) => {
    const known = before.has(key) ? (before.get(key) ?? null) : 0;
    return known === null ? null : known + (added.get(key) ?? 0);
  };
  return [
    ...fresh.filter((asset) => asset.assigned === null || asset.assigned !== expected(assetKey(asset))),
    ...stored.filter((asset) => asset.assigned !== 0 && !listed.has(assetKey(asset))),
  ];
}

/**
 * Returns the assets whose count is not what was stored plus what was added since, and those that notifications
 * mentioned: licenses were released there, which differences do not show. `added` is by `assetKey`. Null if reading
 * only these would take more than half the requests of a full scan.
 */
export function suspectAssets(
  stored: readonly Counted[],
  fresh: readonly Counted[],
  added: ReadonlyMap<string, number>,
  told: readonly AssetName[] = [],
): AssetName[] | null {
  const odd = oddAssets(stored, fresh, added);
  const known = new Set(odd.map(assetKey));
  const toldOf = new Set(told.map(assetKey));
  const suspects = [...odd, ...fresh.filter((asset) => toldOf.has(assetKey(asset)) && !known.has(assetKey(asset)))];
  return isCheaperAlone(suspects, fresh) ? suspects : null;
}

/** Whether reading only these assets takes at most half the requests of reading everything. */
export function isCheaperAlone(names: readonly AssetName[], fresh: readonly Counted[]): boolean {
  if (names.length === 0) return true;
  const assignedOf = new Map(fresh.map((asset) => [assetKey(asset), asset.assigned ?? 0]));
  const pagesOf = (rows: number) => Math.max(1, Math.ceil(rows / PAGE_ROWS));
  // Each takes a request for its counts and one for its holders.
  const alone = names.reduce((requests, name) => requests + 1 + pagesOf(assignedOf.get(assetKey(name)) ?? 0), 0);
  const everything = pagesOf(fresh.reduce((rows, { assigned }) => rows + (assigned ?? 0), 0)) + pagesOf(fresh.length);
  return alone <= everything / 2;
}
