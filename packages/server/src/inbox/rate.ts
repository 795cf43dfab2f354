/** Limits the rate per key: a token bucket that is full at first and refills over time. */
export interface Rate {
  /** Takes one. Returns 0 if it may pass, else the milliseconds until one may. */
  take(key: string): number;
}

/** The maximum number of keys; the longest unused ones are dropped and start full again. */
const REMEMBERED = 20_000;

/** `burst` may pass at once. `nowMs` never goes backward. */
export function createRate(perSecond: number, burst: number, nowMs: () => number): Rate {
  const buckets = new Map<string, { left: number; atMs: number }>();
  return {
    take(key) {
      const now = nowMs();
      const known = buckets.get(key);
      const left = known === undefined ? burst : Math.min(burst, known.left + ((now - known.atMs) / 1000) * perSecond);
      const passes = left >= 1;
      buckets.delete(key);
      buckets.set(key, { left: passes ? left - 1 : left, atMs: now });
      const oldest = buckets.keys().next();
      if (buckets.size > REMEMBERED && !oldest.done) buckets.delete(oldest.value);
      return passes ? 0 : Math.ceil(((1 - left) / perSecond) * 1000);
    },
  };
}
