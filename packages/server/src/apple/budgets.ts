import type { RequestBudget } from '@winesap/core';

/** What the processes of an installation share about each location, if there are several of them. */
export interface Budgets {
  /**
   * Changes a location's budget atomically. `now` is the database's clock, in milliseconds. The decision may be called
   * again if another process was first. With `tell`, the other processes are notified.
   */
  change<T>(
    uId: string,
    decide: (budget: RequestBudget, now: number) => { budget: RequestBudget; notify: boolean; result: T },
    sender: string,
  ): Promise<T>;
}
