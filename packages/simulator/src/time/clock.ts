export type ClockKind = 'real' | 'virtual';

interface Job {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const LONGEST_TIMER_MS = 0x7fffffff;

/**
 * The simulator's time. With `real` it runs by itself from its starting instant; with `virtual` it moves only when told.
 * Both can be advanced or set. Jobs run in order of their instant, each with the clock standing at that instant when
 * the clock is moved, so that ten minutes passed in one step look like ten minutes.
 */
export class Clock {
  readonly kind: ClockKind;
  #base: number;
  #startedAt = performance.now();
  #jobs: Job[] = [];
  #order = 0;
  #timer: NodeJS.Timeout | undefined;
  #pumping = false;
  #closed = false;
  #moving: Promise<void> = Promise.resolve();
  readonly #work = new Set<Promise<unknown>>();

  constructor(kind: ClockKind, now: number) {
    this.kind = kind;
    this.#base = now;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.kind === 'virtual' ? this.#base : this.#base + Math.floor(performance.now() - this.#startedAt);
  }

  /** Runs `run` once the clock has reached `at`. Gives back how to cancel it. */
  at(at: number, run: () => void): () => void {
    const job: Job = { at, order: this.#order++, run };
    let low = 0;
    let high = this.#jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#jobs[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    this.#jobs.splice(low, 0, job);
    this.#arm();
    return () => {
      const index = this.#jobs.indexOf(job);
      if (index >= 0) this.#jobs.splice(index, 1);
    };
  }

  /** Makes a later move of the clock wait until `work` has settled, so that what it schedules is not overrun. */
  track(work: Promise<unknown>): void {
    this.#work.add(work);
    const forget = () => this.#work.delete(work);
    work.then(forget, forget);
  }

  /** Moves on by so much; time that passes by itself meanwhile is not lost. */
  async advance(ms: number): Promise<void> {
    await this.#move(() => this.now() + ms, true);
  }

  /** Moves to `target`. Backwards runs nothing; forwards runs every job on the way. */
  async set(target: number): Promise<void> {
    await this.#move(() => target, false);
  }

  /** One move after the other, each from where the one before ended. */
  #move(to: () => number, onlyForward: boolean): Promise<void> {
    const move = this.#moving.then(() => this.#run(to(), onlyForward));
    this.#moving = move.catch(() => undefined);
    return move;
  }

  async #run(target: number, onlyForward: boolean): Promise<void> {
    await this.settled();
    for (let next = this.#jobs[0]; next !== undefined && next.at <= target; next = this.#jobs[0]) {
      this.#jobs.shift();
      if (next.at > this.now()) this.#rebase(next.at);
      next.run();
      await this.settled();
    }
    this.#rebase(onlyForward ? Math.max(target, this.now()) : target);
    this.#arm();
  }

  /** Resolves when nothing tracked is under way. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work);
  }

  close(): void {
    this.#closed = true;
    this.#jobs = [];
    clearTimeout(this.#timer);
  }

  #rebase(now: number): void {
    this.#base = now;
    this.#startedAt = performance.now();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#jobs[0];
    if (next === undefined || this.#closed) return;
    const wait = next.at - this.now();
    if (wait <= 0) queueMicrotask(() => this.#pump());
    else if (this.kind === 'real') this.#timer = setTimeout(() => this.#pump(), Math.min(wait, LONGEST_TIMER_MS));
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let next = this.#jobs[0]; next !== undefined && next.at <= this.now(); next = this.#jobs[0]) {
      this.#jobs.shift();
      next.run();
    }
    this.#pumping = false;
    this.#arm();
  }
}
