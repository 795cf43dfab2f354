import type { ServiceConfig } from '@winesap/apple-client';

/** Apple's own rule for how long its limits may be relied on. */
const GOOD_FOR_MS = 300_000;

export interface PublishedRate {
  /** Asks for it unless that was done a moment ago. Waits for nothing; without an answer what was known stays. */
  refresh(ask: () => Promise<ServiceConfig>): void;
}

/**
 * How many requests per second Apple publishes (`maxRequestPerSecond`, documented). Asked for when many requests are
 * ahead, and again every five minutes: for a single one it makes no difference. A number that makes no sense is no number.
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
