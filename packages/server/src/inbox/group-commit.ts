import { AppError } from '@winesap/core';

export interface GroupCommitOptions {
  /** How long the first waits for others to share its transaction with. */
  gatherMs: number;
  atMost: number;
}

/** Lets what comes within a few milliseconds share one transaction. */
export interface GroupCommit<T> {
  /** Resolves when the item is on the disk. Errors: what the commit threw. */
  add(item: T): Promise<void>;
  /** How many wait. */
  readonly waiting: number;
}

interface Waiter<T> {
  item: T;
  done(): void;
  failed(error: unknown): void;
}

/** While one transaction commits, the next gathers: the slower the disk, the more share it. */
export function createGroupCommit<T>(
  commit: (items: readonly T[]) => Promise<void>,
  { gatherMs, atMost }: GroupCommitOptions,
): GroupCommit<T> {
  const queue: Waiter<T>[] = [];
  let isAtWork = false;

  const settle = async (batch: readonly Waiter<T>[]): Promise<void> => {
    try {
      await commit(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      // One that cannot be stored must not take the others with it.
      if (batch.length > 1 && !(error instanceof AppError)) for (const one of batch) await settle([one]);
      else for (const { failed } of batch) failed(error);
    }
  };
  const work = async (): Promise<void> => {
    while (queue.length > 0) await settle(queue.splice(0, atMost));
    isAtWork = false;
  };

  return {
    add: (item) =>
      new Promise((done, failed) => {
        queue.push({ item, done, failed });
        if (isAtWork) return;
        isAtWork = true;
        setTimeout(work, gatherMs);
      }),
    get waiting() {
      return queue.length;
    },
  };
}
