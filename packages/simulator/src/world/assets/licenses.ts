import type { Location } from '../location.ts';
import type { Unknowns } from '../unknowns.ts';
import { type Asset, availableOf } from './asset.ts';

const REMOVED_KEPT = 100_000;

/** Gives one license to a holder that does not have it, if there is one. Moves the versions. */
export function assign(location: Location, asset: Asset, holder: number): 'done' | 'no-license' {
  if (availableOf(asset) < 1) return 'no-license';
  location.assignments.add(asset.index, holder, location.versions.bump('assignments'));
  asset.assigned += 1;
  location.versions.bump('assets');
  return 'done';
}

/** Takes one license back. `row` is its row now; rows after it may move. */
export function release(location: Location, row: number, unknowns: Unknowns): void {
  const version = location.versions.bump('assignments');
  const asset = location.assets.at(location.assignments.asset[row] ?? 0);
  if (location.removed.length >= REMOVED_KEPT) location.removed.splice(0, REMOVED_KEPT / 2);
  location.removed.push({ version, asset: asset.index, holder: location.assignments.holder[row] ?? 0 });
  location.assignments.remove(row, unknowns.movedRows === 'in-delta' ? version : undefined);
  asset.assigned -= 1;
  location.versions.bump('assets');
}
