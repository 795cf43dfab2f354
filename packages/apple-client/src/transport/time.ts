/** The clock of a client or limiter. Only tests replace it. */
export interface Time {
  /** Returns milliseconds that never decrease. */
  now(): number;
  /** Resolves after `ms`. Rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A timer with a longer delay does not sleep at all but fires immediately: 2^31-1 ms, in every runtime. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Clamps a number of milliseconds to what timers accept: not negative, and Infinity becomes the maximum. */
export function timerMs(ms: number): number {
  return Math.min(Math.max(0, ms), LONGEST_TIMER_MS);
}

export const realTime: Time = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, timerMs(ms));
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
