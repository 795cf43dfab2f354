import { assetKey, type KnownAsset, type SaidAsset } from '../../domain/licenses/asset.ts';
import { suspectAssets } from '../../domain/scans/suspect-assets.ts';
import { holderKey, readAsset } from './read-asset.ts';
import type { Reader } from './reader.ts';
import { removeUnlistedOf } from './remove-unlisted.ts';

const SLICE = 1000;

/**
 * Reads again the assets whose counts show that licenses were released, and stores their holders. Returns the assets
 * with the counts just read, and the number of holders of those that were read again; null if that is impossible or not
 * shorter than reading everything.
 */
export async function rereadSuspects(
  { location, scan, write, progress, rechecks, signal }: Reader,
  stored: readonly KnownAsset[],
  fresh: readonly SaidAsset[],
  added: ReadonlyMap<string, number>,
): Promise<{ assets: SaidAsset[]; listedOf: ReadonlyMap<string, number> } | null> {
  const told = rechecks.filter(({ taken, urgent }) => taken || urgent);
  const suspects = suspectAssets(stored, fresh, added, told);
  // Without a recheck, it was the sum that did not add up, and reading nothing would not help.
  if (suspects === null || (suspects.length === 0 && rechecks.length === 0)) return null;
  const assets = new Map(fresh.map((asset) => [assetKey(asset), asset]));
  const surplusOf = new Map(stored.map((asset) => [assetKey(asset), asset.surplus]));
  const listedOf = new Map<string, number>();
  for (const name of suspects) {
    const read = await readAsset(location, name, surplusOf.get(assetKey(name)) ?? 0, signal);
    if (read === null) return null;
    for (let at = 0; at < read.holders.length; at += SLICE)
      await write((tx) => tx.staging.add(scan.uId, read.holders.slice(at, at + SLICE)));
    const holders = new Set(read.holders.map(holderKey));
    await removeUnlistedOf(write, scan.uId, name, { has: (row) => holders.has(holderKey(row)) });
    assets.set(assetKey(name), read.asset);
    listedOf.set(assetKey(name), holders.size);
    await progress.report({});
  }
  return { assets: [...assets.values()], listedOf };
}
