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
  readonly #byLocation = new Map<string, Pause>();

  /** Runs the call, unless the location is paused: then the refusal that began the pause comes again, with the time left. */
  async heeded<T>(uId: string | null, call: () => Promise<T>): Promise<T> {
    if (uId === null) return call();
    const pause = this.#byLocation.get(uId);
    const leftMs = pause === undefined ? 0 : pause.untilMs - Date.now();
    if (pause !== undefined && leftMs > SHORT_MS)
      throw new AppleFailureError({ ...pause.failure, retryAfterMs: leftMs });
    this.#byLocation.delete(uId);
    try {
      return await call();
    } catch (error) {
      if (error instanceof AppleFailureError) this.#remember(uId, error.failure);
      throw error;
    }
  }

  #remember(uId: string, failure: AppleFailure): void {
    if (failure.kind !== 'refused' || failure.retryAfterMs === null) return;
    this.#byLocation.set(uId, { untilMs: Date.now() + failure.retryAfterMs, failure });
  }
}
