/** The clock of a client or limiter. Only tests give their own. */
export interface Time {
  /** Milliseconds that only ever grow. */
  now(): number;
  /** Resolves after `ms`, rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Longer than this a timer does not sleep at all but fires at once: 2^31-1 ms, in every runtime. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** A number of milliseconds that timers take as it is meant: no negative ones, and Infinity is long. */
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
