import type { Deps } from '../../ports/deps.ts';
import type { Store } from '../../ports/store.ts';
import { alongRows, inSlices } from './in-slices.ts';

/** Deletes what a scan left behind: marks, abandoned rows, and rows that it made void. */
export async function clearStaged(write: Store['write'], uId: string): Promise<void> {
  await write((tx) => tx.staging.forgetMarks(uId));
  await alongRows(write, (tx, after) => tx.staging.clear(uId, after));
  await inSlices(write, (tx) => tx.staging.tidy(uId));
}

class ScanBegun extends Error {}

/** Does the same after a scan, unless the next one has begun, which then does it itself. */
export async function clearAfterwards({ store }: Pick<Deps, 'store'>, uId: string): Promise<void> {
  const unlessBegun: Store['write'] = (work) =>
    store.write(async (tx) => {
      if (await tx.scans.isUnderWay(uId)) throw new ScanBegun();
      return work(tx);
    });
  await clearStaged(unlessBegun, uId).catch((error: unknown) => {
    if (!(error instanceof ScanBegun)) throw error;
  });
}
