import { AppError } from '@winesap/core';

export interface GroupCommitOptions {
  /** How long the first item waits for others to share its transaction. */
  gatherMs: number;
  atMost: number;
}

/** Combines items that arrive within a few milliseconds into one transaction. */
export interface GroupCommit<T> {
  /** Resolves when the item is on disk. Errors: what the commit threw. */
  add(item: T): Promise<void>;
  /** How many wait. */
  readonly waiting: number;
}

interface Waiter<T> {
  item: T;
  done(): void;
  failed(error: unknown): void;
}

/** While one transaction commits, the next one gathers: the slower the disk, the more items share it. */
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
      // An item that can't be stored must not fail the others.
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
