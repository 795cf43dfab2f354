/** How many may come in a second, for each key: a bucket that is full at first and fills again as time passes. */
export interface Rate {
  /** Takes one; 0 when it may pass, else the milliseconds until one may. */
  take(key: string): number;
}

/** So many keys at most; the longest unused go, and start full again. */
const REMEMBERED = 20_000;

/** `burst` may come at once. `nowMs` only ever goes forward. */
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
