import { type Deps, scanLocation } from '@winesap/core';

const SIGN_OF_LIFE_MS = 20_000;

/** Runs a scan and says from time to time that this process is still at it. */
export async function scanJob(deps: Deps, { scanId }: { scanId: string }, signal: AbortSignal): Promise<void> {
  const touch = () => deps.store.write((tx) => tx.scans.touch(scanId, deps.now())).catch(() => undefined);
  const signs = setInterval(touch, SIGN_OF_LIFE_MS);
  try {
    await scanLocation(deps, scanId, signal);
  } finally {
    clearInterval(signs);
  }
}
