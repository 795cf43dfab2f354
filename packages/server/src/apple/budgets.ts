import type { RequestBudget } from '@winesap/core';

/** What the processes of an installation share about each location, where there may be several of them. */
export interface Budgets {
  /**
   * Changes a location's budget: no other change comes in between. `now` is the database's clock, in milliseconds; the
   * decision may be asked for again, when somebody else was first. With `tell` the others hear of it.
   */
  change<T>(
    uId: string,
    decide: (budget: RequestBudget, now: number) => { budget: RequestBudget; notify: boolean; result: T },
    sender: string,
  ): Promise<T>;
}
