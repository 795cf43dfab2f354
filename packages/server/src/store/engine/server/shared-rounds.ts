import { setImmediate as turn } from 'node:timers/promises';

/** Lets calls share a request: each gets the answer to one that started after the call. One request at a time. */
export function createSharedRounds<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;

  const begin = async (): Promise<T> => {
    await underWay;
    // Calls in the same turn of the event loop share it.
    await turn();
    next = undefined;
    const asked = ask();
    underWay = asked.catch(() => undefined);
    return asked;
  };
  return () => {
    next ??= begin();
    return next;
  };
}
