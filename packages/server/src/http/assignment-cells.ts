import { readAllAssignments } from '../store/reads/all-assignments.ts';
import type { AssetKey } from '../store/reads/asset-detail.ts';
import { readAssetsByNumber } from '../store/reads/assets-by-number.ts';
import { spellings } from '../store/reads/assignment-ranges.ts';
import { type HolderFilter, readNumbers } from '../store/reads/holders.ts';
import type { Context } from './routes/context.ts';

export const HOLDER_COLUMNS = ['kind', 'holder'];
export const ASSIGNMENT_COLUMNS = ['adamId', 'pricingParam', 'name', 'kind', 'holder'];

/** Every holder of an asset that the filter lets through. */
export async function* holderCells(
  db: Context['db'],
  key: AssetKey,
  { q = '', kind }: HolderFilter,
): AsyncGenerator<unknown[]> {
  const asset = await readNumbers(db, key);
  if (asset === null) return;
  const beginnings = spellings(q);
  for await (const rows of readAllAssignments(db, asset.no, { assetNo: asset.assetNo, kind }))
    for (const { userHeld, holder } of rows)
      if (beginnings.some((beginning) => holder.startsWith(beginning))) yield [kindOf(userHeld), holder];
}

/** Every assignment of a location, asset by asset. */
export async function* assignmentCells(
  db: Context['db'],
  uId: string,
  kind: 'device' | 'user' | undefined,
): AsyncGenerator<unknown[]> {
  const location = await readAssetsByNumber(db, uId);
  for await (const rows of readAllAssignments(db, location.no, { kind }))
    for (const { assetNo, userHeld, holder } of rows) {
      const asset = location.assets.get(assetNo);
      yield [asset?.adamId, asset?.pricingParam, asset?.name, kindOf(userHeld), holder];
    }
}

function kindOf(userHeld: boolean): 'device' | 'user' {
  return userHeld ? 'user' : 'device';
}
