import type { Limiter } from '@winesap/apple-client';
import { type AppleFailure, AppleFailureError } from '@winesap/core';

/** A pause that ends so soon is simply waited for. */
const SHORT_MS = 2000;

interface Pause {
  untilMs: number;
  failure: Extract<AppleFailure, { kind: 'refused' }>;
}

/**
 * Where Apple has asked to wait, and until when. The limiter keeps everybody waiting anyway; but a person in front of a
 * window shall hear at once that, and how long, instead of waiting for a time-out that says something else.
 */
export class Pauses {
  readonly #pauses = new WeakMap<Limiter, Pause>();

  /** Runs the call, unless those who share the limiter are paused: then the refusal that began it comes again, with the time left. */
  async heeded<T>(limiter: Limiter, call: () => Promise<T>): Promise<T> {
    const pause = this.#pauses.get(limiter);
    const leftMs = pause === undefined ? 0 : pause.untilMs - Date.now();
    if (pause !== undefined && leftMs > SHORT_MS)
      throw new AppleFailureError({ ...pause.failure, retryAfterMs: leftMs });
    this.#pauses.delete(limiter);
    try {
      return await call();
    } catch (error) {
      if (error instanceof AppleFailureError) this.#remember(limiter, error.failure);
      throw error;
    }
  }

  #remember(limiter: Limiter, failure: AppleFailure): void {
    if (failure.kind !== 'refused' || failure.retryAfterMs === null) return;
    this.#pauses.set(limiter, { untilMs: Date.now() + failure.retryAfterMs, failure });
  }
}
