import type { Jobs, Store } from '@winesap/core';
import { jobsBy } from '../../src/jobs/enqueue.ts';
import { JOBS, type JobName, type Working } from '../../src/jobs/jobs.ts';

interface Waiting {
  name: JobName;
  data: object;
  key: string;
  dueAt: Date;
}

/** Jobs that run on request, from the same table as in a server, in the order in which they are due. */
export class HandRunJobs {
  readonly #now: () => Date;
  #waiting: Waiting[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  readonly jobs: Jobs = jobsBy(async (name, data, key, afterMs = 0) => {
    if (this.#waiting.some((job) => job.name === name && job.key === key)) return;
    this.#waiting.push({ name, data, key, dueAt: new Date(this.#now().getTime() + afterMs) });
  });

  /** Wraps the store so that failed transactions take back what they enqueued. */
  inTransactions(store: Store): Store {
    return {
      ...store,
      write: async (work) => {
        const before = [...this.#waiting];
        try {
          return await store.write(work);
        } catch (error) {
          this.#waiting = before;
          throw error;
        }
      },
    };
  }

  /** Runs what is due, and what becomes due because of it, until nothing is. Errors: what a job throws. */
  async run(working: Working): Promise<void> {
    for (;;) {
      const [next] = this.#waiting
        .filter(({ dueAt }) => dueAt <= this.#now())
        .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
      if (next === undefined) return;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      await JOBS[next.name].run(working, next.data as never, new AbortController().signal);
    }
  }
}
