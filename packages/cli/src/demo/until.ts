import { setTimeout } from 'node:timers/promises';

/** Polls until the answer is the wanted one. Errors: Error with the last answer. */
export async function until<T>(
  ask: () => Promise<T>,
  isWanted: (seen: T) => boolean,
  {
    what,
    withinMs = 60_000,
    everyMs = 100,
    signal,
  }: { what: (seen: T) => string; withinMs?: number; everyMs?: number; signal?: AbortSignal },
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await ask();
    if (isWanted(seen)) return seen;
    if (Date.now() > deadline) throw new Error(what(seen));
    await setTimeout(everyMs, undefined, signal && { signal });
  }
}
