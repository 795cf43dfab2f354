import { type Deps, type ScanAttempt, scanLocation } from '@winesap/core';

const SIGN_OF_LIFE_MS = 10_000;

/** Runs a scan and regularly records that this process is still at work. */
export async function runScan(deps: Deps, scanId: string, signal: AbortSignal): Promise<void> {
  let attempt: ScanAttempt | null = null;
  const touch = async () => {
    const mine = attempt;
    if (mine !== null) await deps.store.write((tx) => tx.scans.touch(mine, deps.now())).catch(() => undefined);
  };
  const signs = setInterval(touch, SIGN_OF_LIFE_MS);
  try {
    await scanLocation(deps, scanId, signal, (begun) => {
      attempt = begun;
    });
  } finally {
    clearInterval(signs);
  }
}
