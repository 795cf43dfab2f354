import type { AssetName } from '../../domain/licenses/asset.ts';
import { type Assignment, assetKey, type KnownAsset } from '../../domain/licenses/asset.ts';
import { weighAsset } from '../../domain/licenses/weigh-asset.ts';
import { AGREES } from '../../domain/list-evidence.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RowCursor } from '../../ports/licenses.ts';
import type { View } from '../../ports/store.ts';
import { alongRows } from './in-slices.ts';
import { holderKey, readAsset } from './read-asset.ts';

/** Rows per transaction. */
const SLICE = 1000;

export interface Reread {
  assigned: number;
  unassigned: number;
}

/**
 * Reads one asset again, its counts and its holders, and stores both; what notifications report in the meantime stays.
 * Returns null and stores nothing if the answers do not agree or are not proven: then only a scan helps. Errors:
 * `AppleFailureError`.
 */
export async function rereadAsset(
  deps: Pick<Deps, 'store' | 'now'> & { settings: Pick<Deps['settings'], 'confirmAfterMs'> },
  location: AppleLocation,
  uId: string,
  name: AssetName,
  signal?: Abort,
): Promise<Reread | null> {
  // Before Apple is asked: a row that a notification changes from now on is in neither of the differences.
  const before = await storedHolders(deps, uId, name);
  const known = await deps.store.read((view) => knownAsset(view, uId, name));
  const surplus = known?.surplus ?? 0;
  const read = await readAsset(location, name, surplus, signal);
  if (read === null) return null;
  const {
    asset,
    discrepancy,
    surplus: more,
  } = weighAsset({
    known,
    said: read.asset,
    listed: read.holders.length,
    assets: AGREES,
    assignments: AGREES,
    now: deps.now(),
    confirmAfterMs: deps.settings.confirmAfterMs,
  });
  if (asset === null || discrepancy !== null) return null;

  const now = new Set(read.holders.map(holderKey));
  const fresh = read.holders.filter((row) => !before.has(holderKey(row)));
  const gone = [...before].filter(([key]) => !now.has(key)).map(([, row]) => row);
  let assigned = 0;
  let unassigned = 0;
  for (const part of inParts(fresh)) assigned += (await deps.store.write((tx) => tx.assets.assign(uId, part))).length;
  for (const part of inParts(gone))
    unassigned += (await deps.store.write((tx) => tx.assets.unassign(uId, part))).length;
  await deps.store.write((tx) => tx.assets.saveOne(uId, asset, more, deps.now()));
  return { assigned, unassigned };
}

async function knownAsset(view: View, uId: string, name: AssetName): Promise<KnownAsset | null> {
  const stored = await view.assets.list(uId);
  return stored.find((asset) => assetKey(asset) === assetKey(name)) ?? null;
}

async function storedHolders(
  { store }: Pick<Deps, 'store'>,
  uId: string,
  name: AssetName,
): Promise<Map<string, Assignment>> {
  const holders = new Map<string, Assignment>();
  await alongRows<RowCursor, View>(store.read, async (view, after) => {
    const { rows, next } = await view.assets.holders(uId, name, after);
    for (const row of rows) holders.set(holderKey(row), row);
    return next;
  });
  return holders;
}

function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += SLICE) yield rows.slice(at, at + SLICE);
}
