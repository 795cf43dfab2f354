import type { ServiceConfig } from '@winesap/apple-client';

/** How long Apple says its limits can be relied on. */
const GOOD_FOR_MS = 300_000;

export interface PublishedRate {
  /** Requests the rate unless that was done a moment ago. Does not wait; without an answer, the known rate stays. */
  refresh(ask: () => Promise<ServiceConfig>): void;
}

/**
 * How many requests per second Apple publishes (`maxRequestPerSecond`, documented). Read when many requests are ahead,
 * and again every five minutes: for a single one it makes no difference. An implausible number is ignored.
 */
export function createPublishedRate(onRate: (maxPerSecond: number) => void): PublishedRate {
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    refresh(ask) {
      if (performance.now() - askedAt < GOOD_FOR_MS) return;
      askedAt = performance.now();
      ask().then(
        ({ limits }) => {
          const rate = limits.maxRequestPerSecond;
          if (rate !== undefined && rate >= 1) onRate(rate);
        },
        () => {},
      );
    },
  };
}
