import { setTimeout } from 'node:timers/promises';

/** Waits. Rejects immediately with the signal's reason if it aborts. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal });
}
