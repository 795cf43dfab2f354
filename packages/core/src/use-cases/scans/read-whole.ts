import { type AssetName, assetKey, type KnownAsset, type SaidAsset } from '../../domain/licenses/asset.ts';
import { type AssetReading, assignedSum } from '../../domain/licenses/reading.ts';
import {
  isWorthRepeating,
  oddHolders,
  type WeighedReading,
  weighReading,
} from '../../domain/licenses/weigh-reading.ts';
import { isCheaperAlone, oddAssets } from '../../domain/scans/suspect-assets.ts';
import { holderKey, readAsset } from './read-asset.ts';
import { readAssets } from './read-assets.ts';
import { type HolderPass, readHolders } from './read-holders.ts';
import type { Findings, Reader } from './reader.ts';
import { removeUnlisted, removeUnlistedOf } from './remove-unlisted.ts';

const SLICE = 1000;

/**
 * Reads every asset and every assignment. If they disagree, reads again what disagrees: first the counts, then only the
 * assets concerned or, if there are many, everything once more. Throws if the assignments changed too quickly to be
 * sure of them.
 */
export async function readWhole(reader: Reader, stored: readonly KnownAsset[]): Promise<Findings> {
  const { progress, scan } = reader;
  let fresh = await readAssets(reader, stored);
  const expected = assignedSum(fresh.assets);
  const done = fresh.assets.length;
  await progress.report({ assetsDone: done, assetsTotal: done, assignmentsTotal: expected });
  let pass = await readHolders(reader, expected, scan.checkpoint);
  let weighed = weigh(reader, stored, fresh, pass, NOTHING_ALONE);
  let alone: ReadAlone = NOTHING_ALONE;

  if (isWorthRepeating(weighed)) {
    // They may have been read minutes ago, before later assignments and releases.
    fresh = await readAssets(reader, stored);
    weighed = weigh(reader, stored, fresh, pass, alone);
  }
  const odd = oddHolders(weighed);
  if (odd.length > 0) {
    if (isCheaperAlone(odd, fresh.assets)) alone = await readAlone(reader, odd, stored);
    else {
      pass = await readHolders(reader, expected, null);
      fresh = await readAssets(reader, stored);
    }
    weighed = weigh(reader, stored, fresh, pass, alone);
  }
  await removeProvenUnlisted(reader, stored, weighed, pass, alone);
  return { kind: 'full', weighed, assetsVersion: fresh.versionId, assignmentsVersion: pass.resumeVersion };
}

/** Assets that were read separately, with counts and holders that agree, by `assetKey`. */
type ReadAlone = ReadonlyMap<string, { asset: SaidAsset; holders: ReadonlySet<string> }>;

const NOTHING_ALONE: ReadAlone = new Map();

function weigh(
  { now, confirmAfterMs }: Reader,
  stored: readonly KnownAsset[],
  { assets, evidence }: AssetReading,
  pass: HolderPass,
  alone: ReadAlone,
): WeighedReading {
  const said = new Map(assets.map((asset) => [assetKey(asset), asset]));
  for (const [key, { asset }] of alone) said.set(key, asset);
  return weighReading({
    stored,
    said: [...said.values()],
    listedOf: (key) => alone.get(key)?.holders.size ?? pass.listedOf.get(key) ?? 0,
    listedKeys: pass.listedOf.keys(),
    assets: evidence,
    assignments: pass.evidence,
    now: now(),
    confirmAfterMs,
  });
}

/** Leaves out those that still don't agree. */
async function readAlone(
  { location, write, scan, progress, signal }: Reader,
  names: readonly AssetName[],
  stored: readonly KnownAsset[],
): Promise<ReadAlone> {
  const surplusOf = new Map(stored.map((asset) => [assetKey(asset), asset.surplus]));
  const read = new Map<string, { asset: SaidAsset; holders: ReadonlySet<string> }>();
  for (const name of names) {
    const found = await readAsset(location, name, surplusOf.get(assetKey(name)) ?? 0, signal);
    if (found === null) continue;
    const { asset, holders } = found;
    for (let at = 0; at < holders.length; at += SLICE)
      await write((tx) => tx.staging.add(scan.uId, holders.slice(at, at + SLICE)));
    read.set(assetKey(name), { asset, holders: new Set(holders.map(holderKey)) });
    await progress.report({});
  }
  return read;
}

/** Removes holders that Apple doesn't list, except for assets where that proves nothing. */
async function removeProvenUnlisted(
  { write, scan }: Reader,
  stored: readonly KnownAsset[],
  weighed: WeighedReading,
  { list, addedTo }: HolderPass,
  alone: ReadAlone,
): Promise<void> {
  const believed = new Set(weighed.assets.filter(({ holders }) => holders === 'as-listed').map(({ key }) => key));
  if (alone.size === 0 && weighed.assets.every(({ key }) => believed.has(key)) && weighed.discrepancy === null) {
    const fresh = weighed.assets.flatMap(({ asset }) => (asset === null ? [] : [asset]));
    return removeUnlisted(write, scan.uId, list, oddAssets(stored, fresh, addedTo));
  }
  await removeUnlistedOf(write, scan.uId, null, {
    has: (row) => {
      const key = assetKey(row);
      return !believed.has(key) || (alone.get(key)?.holders.has(holderKey(row)) ?? list.has(row));
    },
  });
}
