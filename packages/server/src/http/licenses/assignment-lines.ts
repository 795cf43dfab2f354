import { readAllAssignments } from '../../store/licenses/reads/all-assignments.ts';
import type { AssetKey } from '../../store/licenses/reads/asset-detail.ts';
import { readAssetsByNumber } from '../../store/licenses/reads/assets-by-number.ts';
import { type HeldRow, spellings } from '../../store/licenses/reads/assignment-ranges.ts';
import { type HolderFilter, readNumbers } from '../../store/licenses/reads/holders.ts';
import { readHolderUsers } from '../../store/users/reads/users.ts';
import type { Context } from '../edge/context.ts';
import type { AssignmentLine, HolderLine } from './columns.ts';

/** Yields every holder of an asset that matches the filter. */
export async function* holderLines(
  db: Context['db'],
  key: AssetKey,
  { q = '', kind }: HolderFilter,
): AsyncGenerator<HolderLine> {
  const asset = await readNumbers(db, key);
  if (asset === null) return;
  const beginnings = spellings(q);
  for await (const rows of readAllAssignments(db, asset.no, { assetNo: asset.assetNo, kind })) {
    const named = rows.filter(({ holder }) => beginnings.some((beginning) => holder.startsWith(beginning)));
    const lineOf = await describeHolders(db, asset.no, named);
    for (const row of named) yield lineOf(row);
  }
}

/** Yields every assignment of a location, asset by asset. */
export async function* assignmentLines(
  db: Context['db'],
  uId: string,
  kind: 'device' | 'user' | undefined,
): AsyncGenerator<AssignmentLine> {
  const location = await readAssetsByNumber(db, uId);
  for await (const rows of readAllAssignments(db, location.no, { kind })) {
    const lineOf = await describeHolders(db, location.no, rows);
    for (const row of rows) yield { asset: location.assets.get(row.assetNo), ...lineOf(row) };
  }
}

/** What each holder is: its kind and name, and for users the status and the email address. */
async function describeHolders(db: Context['db'], locationNo: number, rows: readonly HeldRow[]) {
  const names = rows.filter(({ userHeld }) => userHeld).map(({ holder }) => holder);
  const users = await readHolderUsers(db, locationNo, [...new Set(names)]);
  return ({ userHeld, holder }: HeldRow): HolderLine => ({
    kind: userHeld ? 'user' : 'device',
    holder,
    user: userHeld ? users.get(holder) : undefined,
  });
}
