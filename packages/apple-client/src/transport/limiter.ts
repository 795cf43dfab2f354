import { realTime, type Time } from './time.ts';

/** Keeps the requests of one location within Apple's limits. Share one limiter among all clients of that location. */
export interface Limiter {
  /**
   * Runs `work` as soon as the limits allow, in the order of the calls. Rejects with the signal's reason if it aborts
   * during the wait; `work` has then not started.
   */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Starts nothing for that long, because Apple asked to wait. The longest of several pauses wins. */
  pause(forMs: number): void;
  /** Adopts the rate that Apple publishes if it is lower than the configured one. */
  publishedRate(maxPerSecond: number): void;
}

/** A limiter for a part of a location's limits. The part can shrink and grow, because others use the rest. */
export interface ResizableLimiter extends Limiter {
  /**
   * Sets new limits; 0 and 0 start nothing. Requests under way continue. Resolves once what was sent fits into the new
   * limits, so that others can use what was given up; immediately if the limits grew.
   */
  resize(limits: { maxPerSecond: number; maxAtOnce: number }): Promise<void>;
  /** Returns the number of requests that wait or are under way. */
  readonly demand: number;
}

export interface LimiterOptions extends Partial<Time> {
  /** Requests in any window of one second. Default 15, from Apple's service config (documented). */
  readonly maxPerSecond?: number;
  /** Requests under way at one time. Default 5 (documented for pages). */
  readonly maxAtOnce?: number;
  /**
   * Checked before each start. If it returns false, nothing starts until `resize` or the end of a request checks again.
   */
  readonly isOpen?: () => boolean;
}

/** A window of slightly more than one second, for timers that fire early. */
const WINDOW_MS = 1_005;

/**
 * How many of the last answers to search for the fastest one. This is ten seconds at the full rate: so many slow
 * answers in a row mean that the network became slower. In a shorter run, often only the way to Apple is slow, and to
 * use its fastest answer as the time for the way back would free slots too early.
 */
const REMEMBERED = 150;

interface Waiting {
  readonly start: () => void;
}

/**
 * A sliding window, counted as Apple sees it. A request arrives at some moment between its sending and its answer, so
 * fifteen slow requests followed by fifteen fast ones could arrive within one second although they were sent within
 * two. A slot is therefore free one second after the latest moment at which its request may have arrived: when it was
 * sent, plus the time by which its answer was slower than the fastest so far.
 */
export function createLimiter(options: LimiterOptions = {}): ResizableLimiter {
  const now = options.now ?? realTime.now;
  const sleep = options.sleep ?? realTime.sleep;
  const isOpen = options.isOpen ?? (() => true);
  let wanted = options.maxPerSecond ?? 15;
  let maxAtOnce = options.maxAtOnce ?? 5;
  if (!(wanted > 0) || !(maxAtOnce >= 1)) throw new RangeError('maxPerSecond and maxAtOnce must be positive');

  const queue: Waiting[] = [];
  /** The moment from which each slot in use is free again; Infinity while its request is under way. */
  let slots: number[] = [];
  let published = Number.POSITIVE_INFINITY;
  let perSecond = Math.max(1, Math.floor(wanted));
  let atOnce = 0;
  let finished = Promise.withResolvers<void>();
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const lastTook: number[] = [];
  let sleeping: { until: number; stop: AbortController } | null = null;

  function pump(): void {
    while (queue.length > 0) {
      const at = now();
      slots = slots.filter((freeAt) => freeAt > at);
      if (atOnce >= maxAtOnce || perSecond === 0 || !isOpen()) return;
      const wait = slots.length < perSecond ? pausedUntil - at : Math.max(soonest(), pausedUntil) - at;
      if (wait === Number.POSITIVE_INFINITY) return;
      if (wait > 0) {
        wake(at + wait);
        return;
      }
      queue.shift()?.start();
    }
  }

  /** The moment at which enough slots are free for one more request. */
  function soonest(): number {
    const byTime = slots.toSorted((a, b) => a - b);
    return byTime[slots.length - perSecond] ?? Number.NEGATIVE_INFINITY;
  }

  function wake(until: number): void {
    if (sleeping && sleeping.until <= until) return;
    sleeping?.stop.abort();
    const stop = new AbortController();
    const mine = { until, stop };
    sleeping = mine;
    const again = () => {
      if (sleeping !== mine) return;
      sleeping = null;
      pump();
    };
    sleep(until - now(), stop.signal).then(again, again);
  }

  function turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const leave = () => {
        const place = queue.indexOf(waiting);
        if (place >= 0) queue.splice(place, 1);
        if (queue.length === 0) sleeping?.stop.abort();
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          atOnce += 1;
          slots.push(Number.POSITIVE_INFINITY);
          resolve();
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      queue.push(waiting);
      pump();
    });
  }

  function setRate(): void {
    perSecond = wanted === 0 ? 0 : Math.max(1, Math.floor(Math.min(wanted, published)));
  }

  /** Resolves when what was sent lately fits into the limits that apply by then. */
  async function settled(): Promise<void> {
    for (;;) {
      const at = now();
      const counted = slots.filter((freeAt) => freeAt > at);
      if (atOnce <= maxAtOnce && counted.length <= perSecond) return;
      const free = counted.toSorted((a, b) => a - b)[Math.max(0, counted.length - perSecond - 1)];
      if (atOnce > maxAtOnce || free === undefined || free === Number.POSITIVE_INFINITY) await finished.promise;
      else await sleep(free - at);
    }
  }

  return {
    get demand() {
      return queue.length + atOnce;
    },
    resize({ maxPerSecond: rate, maxAtOnce: most }) {
      wanted = rate;
      maxAtOnce = most;
      setRate();
      pump();
      return settled();
    },
    async run(work, signal) {
      await turn(signal);
      const sentAt = now();
      try {
        return await work();
      } finally {
        const took = now() - sentAt;
        lastTook.push(took);
        if (lastTook.length > REMEMBERED) lastTook.shift();
        atOnce -= 1;
        slots.splice(slots.indexOf(Number.POSITIVE_INFINITY), 1, sentAt + took - Math.min(...lastTook) + WINDOW_MS);
        finished.resolve();
        finished = Promise.withResolvers();
        pump();
      }
    },
    pause(forMs) {
      pausedUntil = Math.max(pausedUntil, now() + forMs);
    },
    publishedRate(maxPerSecond) {
      if (!(maxPerSecond > 0)) return;
      published = maxPerSecond;
      setRate();
    },
  };
}
