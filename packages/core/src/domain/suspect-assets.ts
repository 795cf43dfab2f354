import { type Asset, assetKey } from './asset.ts';

/** Rows on a page, about: Apple decides. */
const PAGE_ROWS = 1000;

export type Suspect = Pick<Asset, 'adamId' | 'pricingParam'>;

/** Those whose count is not what was stored and what was added since, and those that vanished with licenses assigned. */
export function oddAssets(
  stored: readonly Asset[],
  fresh: readonly Asset[],
  added: ReadonlyMap<string, number>,
): Asset[] {
  const before = new Map(stored.map((asset) => [assetKey(asset), asset.assigned]));
  const listed = new Set(fresh.map(assetKey));
  return [
    ...fresh.filter(
      (asset) => asset.assigned !== (before.get(assetKey(asset)) ?? 0) + (added.get(assetKey(asset)) ?? 0),
    ),
    ...stored.filter((asset) => asset.assigned > 0 && !listed.has(assetKey(asset))),
  ];
}

/**
 * The assets whose count is not what was stored and what was added since: there licenses were given back, which
 * differences do not show; and those that notifications spoke of. `added` is by `assetKey`. Null where reading these alone
 * would take more than half the requests of reading everything.
 */
export function suspectAssets(
  stored: readonly Asset[],
  fresh: readonly Asset[],
  added: ReadonlyMap<string, number>,
  told: readonly Suspect[] = [],
): Suspect[] | null {
  const odd = oddAssets(stored, fresh, added);
  const known = new Set(odd.map(assetKey));
  const toldOf = new Set(told.map(assetKey));
  const suspects = [...odd, ...fresh.filter((asset) => toldOf.has(assetKey(asset)) && !known.has(assetKey(asset)))];
  const pagesOf = (rows: number) => Math.max(1, Math.ceil(rows / PAGE_ROWS));
  // Each is asked for its counts and its holders.
  const alone = suspects.reduce((requests, { assigned }) => requests + 1 + pagesOf(assigned), 0);
  const everything = pagesOf(fresh.reduce((rows, { assigned }) => rows + assigned, 0)) + pagesOf(fresh.length);
  return suspects.length === 0 || alone <= everything / 2 ? suspects : null;
}
