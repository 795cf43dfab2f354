/** How many requests fell into any window of one second, and how many were under way at once. Real time. */
export class RateMeter {
  total = 0;
  writes = 0;
  maxAtOnce = 0;
  maxPerSecond = 0;
  atOnce = 0;
  #arrivals: number[] = [];

  begin(now: number, write: boolean): void {
    this.total += 1;
    if (write) this.writes += 1;
    this.atOnce += 1;
    this.maxAtOnce = Math.max(this.maxAtOnce, this.atOnce);
    this.#arrivals.push(now);
    let gone = 0;
    while (now - (this.#arrivals[gone] ?? now) >= 1000) gone++;
    if (gone > 0) this.#arrivals.splice(0, gone);
    this.maxPerSecond = Math.max(this.maxPerSecond, this.#arrivals.length);
  }

  end(): void {
    this.atOnce -= 1;
  }

  reset(): void {
    this.total = 0;
    this.writes = 0;
    this.maxAtOnce = this.atOnce;
    this.maxPerSecond = 0;
    this.#arrivals = [];
  }
}

/** Lets at most `limit` requests through in any window of one second. */
export class RateLimit {
  #accepted: number[] = [];

  /** Whether one more may pass now. With `countRefused` a refused one fills the window too. */
  take(now: number, limit: number, countRefused: boolean): boolean {
    while (this.#accepted.length > 0 && now - (this.#accepted[0] ?? now) >= 1000) this.#accepted.shift();
    const passes = this.#accepted.length < limit;
    if (passes || countRefused) this.#accepted.push(now);
    return passes;
  }
}
