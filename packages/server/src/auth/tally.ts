/** More names than this evict the oldest: memory is limited, and each name has cost a password check. */
const MOST_NAMES = 100_000;

interface Count {
  times: number;
  endsMs: number;
}

/** Counts how often something happened under a name, within a period that begins with the first. */
export class Tally {
  readonly #most: number;
  readonly #withinMs: number;
  readonly #now: () => Date;
  readonly #counts = new Map<string, Count>();

  constructor({ most, withinMs }: { most: number; withinMs: number }, now: () => Date) {
    this.#most = most;
    this.#withinMs = withinMs;
    this.#now = now;
  }

  /** Returns the seconds until the next one is allowed; 0: now. */
  waitSeconds(name: string): number {
    const count = this.#running(name);
    if (count === undefined || count.times < this.#most) return 0;
    return Math.max(1, Math.ceil((count.endsMs - this.#now().getTime()) / 1000));
  }

  add(name: string): void {
    const count = this.#running(name);
    if (count !== undefined) {
      count.times += 1;
      return;
    }
    this.#counts.delete(name);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size >= MOST_NAMES && oldest !== undefined) this.#counts.delete(oldest);
    this.#counts.set(name, { times: 1, endsMs: this.#now().getTime() + this.#withinMs });
  }

  takeBack(name: string): void {
    const count = this.#running(name);
    if (count !== undefined) count.times -= 1;
  }

  forget(name: string): void {
    this.#counts.delete(name);
  }

  #running(name: string): Count | undefined {
    const count = this.#counts.get(name);
    return count !== undefined && count.endsMs > this.#now().getTime() ? count : undefined;
  }
}
