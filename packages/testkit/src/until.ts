import { setTimeout as wait } from 'node:timers/promises';
import { patience } from './patience.ts';

export interface UntilOptions {
  /** For an idle machine; a busy one gets proportionally more. Default 15 seconds. */
  withinMs?: number;
  /** Default 50 ms. */
  everyMs?: number;
}

/**
 * Polls until the answer is the wanted one, and returns it. Errors: Error with what was awaited and the last answer.
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
