import type { AssetName } from '../../domain/licenses/asset.ts';
import type { CompleteList } from '../../ports/scans.ts';
import type { Store } from '../../ports/store.ts';
import { alongRows } from './in-slices.ts';

/**
 * Removes what is stored but no longer listed. If the numbers rule that out, reads no rows; otherwise reads those of
 * `suspects` first, and no more than needed to find all.
 */
export async function removeUnlisted(
  write: Store['write'],
  uId: string,
  list: CompleteList,
  suspects: readonly AssetName[],
): Promise<void> {
  const wanted = await write((tx) => tx.staging.countUnlisted(uId, list));
  let left = 0;
  for (const asset of [...suspects, null]) {
    if (wanted !== null && left >= wanted) return;
    left += await removeUnlistedOf(write, uId, asset, list);
  }
}

/** Does the same for one asset, or for all, along their rows. Returns the number removed. */
export async function removeUnlistedOf(
  write: Store['write'],
  uId: string,
  asset: AssetName | null,
  list: Pick<CompleteList, 'has'>,
): Promise<number> {
  let left = 0;
  await alongRows(write, async (tx, after) => {
    const slice = await tx.staging.removeUnlisted(uId, asset, list, after);
    left += slice.left;
    return slice.next;
  });
  return left;
}
