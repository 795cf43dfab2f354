/** Lets one holder in at a time, in the order of asking. */
export class Mutex {
  readonly #waiting: Waiter[] = [];
  #held = false;

  /**
   * Waits for its turn; call what you get exactly once to let the next one in.
   * Errors: `onLate()` is thrown when the turn did not come within `withinMs`.
   */
  acquire(withinMs: number, onLate: () => Error): Promise<() => void> {
    if (!this.#held) {
      this.#held = true;
      return Promise.resolve(this.#releaseOnce());
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(onLate());
      }, withinMs);
      const waiter = {
        enter: () => {
          clearTimeout(timer);
          resolve(this.#releaseOnce());
        },
      };
      this.#waiting.push(waiter);
    });
  }

  #releaseOnce(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#waiting.shift();
      // The turn passes from hand to hand: nobody who asks now can slip in between.
      if (next) next.enter();
      else this.#held = false;
    };
  }
}

interface Waiter {
  enter(): void;
}
