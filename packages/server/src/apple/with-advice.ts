import { type AppleFailure, AppleFailureError } from '@winesap/core';
import type { LocationLimiter } from './location-limiter.ts';

/** A shorter pause is waited for. */
const SHORT_MS = 2000;

/**
 * Runs the call unless the shared limiter is paused: then throws the refusal that caused the pause, with the remaining
 * time. The limiter would delay everyone anyway, but a person in front of a window should learn immediately why and for
 * how long, instead of waiting for an unrelated timeout.
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
