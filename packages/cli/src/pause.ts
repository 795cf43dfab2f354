import { setTimeout } from 'node:timers/promises';

/** Waits, and ends at once with the signal's reason when it is aborted. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}
