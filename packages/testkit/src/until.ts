import { setTimeout as wait } from 'node:timers/promises';
import { patience } from './patience.ts';

export interface UntilOptions {
  /** On a machine at rest; a busy one gets as much longer as it is busy. Default 15 seconds. */
  withinMs?: number;
  /** Default 50 ms. */
  everyMs?: number;
}

/**
 * Asks again and again until the answer is wanted, and gives it. Errors: Error that tells what was awaited and what was
 * seen last.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  isWanted: (seen: T) => boolean = Boolean,
  { withinMs = 15_000, everyMs = 50 }: UntilOptions = {},
): Promise<T> {
  const began = Date.now();
  for (;;) {
    const seen = await ask();
    if (isWanted(seen)) return seen;
    if (Date.now() - began > withinMs * patience()) {
      const last = JSON.stringify(seen) ?? String(seen);
      throw new Error(`Not within ${withinMs} ms: ${what}. Seen last: ${last.slice(0, 2000)}`);
    }
    await wait(everyMs);
  }
}
