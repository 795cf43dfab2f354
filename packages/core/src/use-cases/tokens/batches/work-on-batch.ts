import { later } from '../../../domain/instant.ts';
import type { BatchFile } from '../../../domain/tokens/batch.ts';
import type { Abort } from '../../../ports/abort.ts';
import type { Deps } from '../../../ports/deps.ts';
import { carryOutBatchFile } from './carry-out-batch-file.ts';
import { lookAtBatchFile } from './look-at-batch-file.ts';

/** Apple's limits are per location, so a few locations go side by side. */
const AT_ONCE = 4;
/** A worker without a sign of life for this long is gone. */
export const BATCH_WORKER_LOST_MS = 40_000;

/**
 * Asks Apple about the files of a batch, and carries out what is confirmed, until nothing is left. One at a time works on
 * a batch. What a dead process left behind is done again: a file that has already been used is recognized.
 */
export async function workOnBatch(deps: Deps, batchId: string, signal?: Abort): Promise<void> {
  const lostBefore = later(deps.now(), -BATCH_WORKER_LOST_MS);
  if (!(await deps.store.write((tx) => tx.batches.takeWork(batchId, deps.now(), lostBefore)))) return;
  try {
    for (;;) {
      const files = await nextFiles(deps, batchId);
      if (files.length === 0) return;
      const worked = await Promise.allSettled(files.map((file) => work(deps, file, signal)));
      for (const one of worked) if (one.status === 'fulfilled') await one.value();
      const broken = worked.find((one) => one.status === 'rejected');
      if (broken !== undefined) throw broken.reason;
    }
  } finally {
    await deps.store.write((tx) => tx.batches.leaveWork(batchId));
  }
}

/** Returns what to do next. Nothing: then the work has been left in the same transaction, so that no file is missed. */
async function nextFiles(deps: Deps, batchId: string): Promise<BatchFile[]> {
  return deps.store.write(async (tx) => {
    // Locked: a file added at this moment is either seen here, or its job finds no worker.
    await tx.batches.byId(batchId);
    const files = await tx.batches.nextFiles(batchId, AT_ONCE);
    if (files.length > 0) await tx.batches.signOfLife(batchId, deps.now());
    else {
      await tx.batches.leaveWork(batchId);
      await tx.batches.endIfSettled(batchId, deps.now());
    }
    return files;
  });
}

/** Does what takes time. Returns what stores the result. */
function work(deps: Deps, file: BatchFile, signal?: Abort): Promise<() => Promise<void>> {
  return file.stage === 'confirmed' ? carryOutBatchFile(deps, file, signal) : lookAtBatchFile(deps, file, signal);
}
