import { readAllAssignments } from '../../store/licenses/reads/all-assignments.ts';
import type { AssetKey } from '../../store/licenses/reads/asset-detail.ts';
import { readAssetsByNumber } from '../../store/licenses/reads/assets-by-number.ts';
import { type HeldRow, spellings } from '../../store/licenses/reads/assignment-ranges.ts';
import { type HolderFilter, readNumbers } from '../../store/licenses/reads/holders.ts';
import { readHolderUsers } from '../../store/users/reads/users.ts';
import type { Context } from '../edge/context.ts';

export const HOLDER_COLUMNS = ['kind', 'holder', 'userStatus', 'email'];
export const ASSIGNMENT_COLUMNS = ['adamId', 'pricingParam', 'name', 'kind', 'holder', 'userStatus', 'email'];

/** Every holder of an asset that the filter lets through. */
export async function* holderCells(
  db: Context['db'],
  key: AssetKey,
  { q = '', kind }: HolderFilter,
): AsyncGenerator<unknown[]> {
  const asset = await readNumbers(db, key);
  if (asset === null) return;
  const beginnings = spellings(q);
  for await (const rows of readAllAssignments(db, asset.no, { assetNo: asset.assetNo, kind })) {
    const named = rows.filter(({ holder }) => beginnings.some((beginning) => holder.startsWith(beginning)));
    const cellsOf = await describeHolders(db, asset.no, named);
    for (const row of named) yield cellsOf(row);
  }
}

/** Every assignment of a location, asset by asset. */
export async function* assignmentCells(
  db: Context['db'],
  uId: string,
  kind: 'device' | 'user' | undefined,
): AsyncGenerator<unknown[]> {
  const location = await readAssetsByNumber(db, uId);
  for await (const rows of readAllAssignments(db, location.no, { kind })) {
    const cellsOf = await describeHolders(db, location.no, rows);
    for (const row of rows) {
      const asset = location.assets.get(row.assetNo);
      yield [asset?.adamId, asset?.pricingParam, asset?.name, ...cellsOf(row)];
    }
  }
}

/** What each holder is: its kind and name, of users also the status and the mail address. */
async function describeHolders(db: Context['db'], locationNo: number, rows: readonly HeldRow[]) {
  const names = rows.filter(({ userHeld }) => userHeld).map(({ holder }) => holder);
  const users = await readHolderUsers(db, locationNo, [...new Set(names)]);
  return ({ userHeld, holder }: HeldRow): unknown[] => {
    const user = userHeld ? users.get(holder) : undefined;
    return [userHeld ? 'user' : 'device', holder, user?.status, user?.email];
  };
}
