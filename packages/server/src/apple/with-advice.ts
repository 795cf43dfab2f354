import { type AppleFailure, AppleFailureError } from '@winesap/core';
import type { LocationLimiter } from './location-limiter.ts';

/** A pause that ends so soon is simply waited for. */
const SHORT_MS = 2000;

/**
 * Runs the call, unless those who share the limiter are paused: then the refusal that began it comes again, with the
 * time left. The limiter keeps everybody waiting anyway; but a person in front of a window shall hear at once that, and
 * how long, instead of waiting for a time-out that says something else.
 */
export async function withAdvice<T>(limiter: LocationLimiter, call: () => Promise<T>): Promise<T> {
  const advice = await limiter.advice();
  if (advice !== null && advice.failure.kind === 'refused' && advice.leftMs > SHORT_MS)
    throw new AppleFailureError({ ...advice.failure, retryAfterMs: advice.leftMs });
  try {
    return await call();
  } catch (error) {
    if (error instanceof AppleFailureError) remember(limiter, error.failure);
    throw error;
  }
}

function remember(limiter: LocationLimiter, failure: AppleFailure): void {
  if (failure.kind === 'refused' && failure.retryAfterMs !== null) limiter.advise(failure, failure.retryAfterMs);
}
