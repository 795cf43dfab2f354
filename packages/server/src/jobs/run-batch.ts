import { type Deps, workOnBatch } from '@winesap/core';

const SIGN_OF_LIFE_MS = 10_000;

/** Works on a batch and regularly records that this process is still at work. */
export async function runBatch(deps: Deps, batchId: string, signal: AbortSignal): Promise<void> {
  const signs = setInterval(() => {
    deps.store.write((tx) => tx.batches.signOfLife(batchId, deps.now())).catch(() => undefined);
  }, SIGN_OF_LIFE_MS);
  try {
    await workOnBatch(deps, batchId, signal);
  } finally {
    clearInterval(signs);
  }
}
