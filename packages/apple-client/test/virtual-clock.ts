import type { Time } from '../src/index.ts';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that jumps to the next event once everything sleeps. Equal moments keep the order of the calls. */
export class VirtualClock implements Time {
  #now = 0;
  #sleepers: Sleeper[] = [];

  now = (): number => this.#now;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const sleeper = { at: this.#now + Math.max(0, ms), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });

  /** Runs until `done` settles. Fails if everything sleeps forever. */
  async run<T>(done: Promise<T>): Promise<T> {
    let over = false;
    const stop = () => {
      over = true;
    };
    done.then(stop, stop);
    for (;;) {
      // A macrotask lets every promise that can continue do so.
      await new Promise((resolve) => setImmediate(resolve));
      if (over) return done;
      const next = this.#sleepers.reduce<Sleeper | null>(
        (soonest, one) => (soonest && soonest.at <= one.at ? soonest : one),
        null,
      );
      if (!next) throw new Error('nobody will ever wake up');
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}
