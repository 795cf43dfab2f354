import { setImmediate as turn } from 'node:timers/promises';

/** Lets calls share a question: each gets an answer to one that was asked after the call. One question at a time. */
export function createSharedRounds<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;

  const begin = async (): Promise<T> => {
    await underWay;
    // What comes in the same turn of the event loop comes along.
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
