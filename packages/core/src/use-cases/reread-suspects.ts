import { type Asset, assetKey } from '../domain/asset.ts';
import { suspectAssets } from '../domain/suspect-assets.ts';
import { leaveUnlistedOf } from './leave-unlisted.ts';
import { holderKey, readAsset } from './read-asset.ts';
import type { Reader } from './read-whole.ts';

const SLICE = 1000;

/**
 * Reads anew the assets whose counts say that licenses were given back, and stores who holds them. Gives the assets with
 * the counts just read; null where that is not possible, or no shorter way than reading everything.
 */
export async function rereadSuspects(
  { location, scan, write, progress, doubts, signal }: Reader,
  stored: readonly Asset[],
  fresh: readonly Asset[],
  added: ReadonlyMap<string, number>,
): Promise<Asset[] | null> {
  const told = doubts.filter(({ taken, urgent }) => taken || urgent);
  const suspects = suspectAssets(stored, fresh, added, told);
  // Without a doubt it was the sum that did not add up, and not reading anything would not help.
  if (suspects === null || (suspects.length === 0 && doubts.length === 0)) return null;
  const assets = new Map(fresh.map((asset) => [assetKey(asset), asset]));
  for (const name of suspects) {
    const read = await readAsset(location, name, signal);
    if (read === null) return null;
    for (let at = 0; at < read.holders.length; at += SLICE)
      await write((tx) => tx.staging.add(scan.uId, read.holders.slice(at, at + SLICE)));
    const holders = new Set(read.holders.map(holderKey));
    await leaveUnlistedOf(write, scan.uId, name, { has: (row) => holders.has(holderKey(row)) });
    if (read.asset === null) assets.delete(assetKey(name));
    else assets.set(assetKey(name), read.asset);
    await progress.tell({});
  }
  return [...assets.values()];
}
