import { createLimiter, type Limiter } from '@winesap/apple-client';
import type { AppleFailure } from '@winesap/core';

/** A limiter that also knows why Apple asked to wait, and for how much longer. */
export interface LocationLimiter extends Limiter {
  advice(): Promise<{ failure: AppleFailure; leftMs: number } | null>;
  advise(failure: AppleFailure, forMs: number): void;
  /** Apple has named the location, which until now was only known by a file. */
  belongsTo(uId: string): void;
}

/** Creates the limiter of a location that only this process reads. */
export function createLocalLimiter(): LocationLimiter {
  let advice: { failure: AppleFailure; until: number } | null = null;
  return Object.assign(createLimiter(), {
    advice: async () =>
      advice === null ? null : { failure: advice.failure, leftMs: advice.until - performance.now() },
    advise: (failure: AppleFailure, forMs: number) => {
      advice = { failure, until: performance.now() + forMs };
    },
    belongsTo: () => {},
  });
}
