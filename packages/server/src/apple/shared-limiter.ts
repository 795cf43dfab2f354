import { createLimiter, type ResizableLimiter, type Time } from '@winesap/apple-client';
import {
  type AppleFailure,
  askLanes,
  type Grant,
  LANES,
  LEASE_MS,
  pauseFor,
  type RequestBudget,
  returnLanes,
} from '@winesap/core';
import type { Budgets } from './budgets.ts';
import type { LocationLimiter } from './location-limiter.ts';

/** Nothing starts this shortly before the lease ends, so that every request arrives before its end. */
const MARGIN_MS = 1_000;
const RENEW_MS = LEASE_MS / 3;
/** A process that waits for lanes is notified when some are free. In case the message is lost, it also polls. */
const ASK_AGAIN_MS = 1_000;
/** An idle holder returns lanes that others need and stops renewing its lease after this long. */
const IDLE_MS = 1_000;
/** How long the process waits at its end until Apple's window has passed its last requests. */
const CLOSE_MS = 2_000;
const APPLES_RATE = 15;

export interface SharedLimiterOptions {
  /** Identifies this limiter across the installation. */
  holder: string;
  budgets: Budgets;
  /** Called when it holds nothing and has no more requests, so it can be forgotten. */
  onUnused: (uId: string, limiter: SharedLimiter) => void;
  /** For tests. */
  time?: Time;
}

/**
 * The limiter of a location that other processes read as well. It leases lanes from the budget in the database for some
 * seconds: if it is the only holder, all of them, so that the database is asked every few seconds and not for each
 * request; otherwise its share. If a lease ends before it is renewed, nothing more starts.
 */
export class SharedLimiter implements LocationLimiter {
  readonly #options: SharedLimiterOptions;
  readonly #limiter: ResizableLimiter;
  readonly #now: () => number;
  #uId: string | null;
  #rate = APPLES_RATE;
  #lanes = 0;
  /** Counts changes of `#lanes`. */
  #resized = 0;
  /** This many lanes certainly cover what was sent: the others of the lease can be returned. */
  #settledAt: number | null = null;
  #leaseEnds = Number.NEGATIVE_INFINITY;
  /** The same instant by the other clock: at least one of the two shows that the machine slept or was paused. */
  #leaseEndsByDate = Number.NEGATIVE_INFINITY;
  #contended = false;
  #askedFor = 0;
  /** The maximum number of simultaneous requests wanted since the last renewal. */
  #peak = 0;
  #usedAt = Number.NEGATIVE_INFINITY;
  #advice: { failure: AppleFailure; until: number } | null = null;
  #asking: Promise<void> | null = null;
  #askAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** Without a `uId`: for a file whose location is not known yet, which is inspected with its own lane. */
  constructor(options: SharedLimiterOptions, uId: string | null) {
    this.#options = options;
    this.#uId = uId;
    this.#now = options.time?.now ?? (() => performance.now());
    this.#limiter = createLimiter({ ...options.time, isOpen: () => this.#uId === null || this.#isLeased() });
    void this.#use(uId === null ? 1 : 0);
  }

  belongsTo(uId: string): void {
    if (this.#uId !== null) return;
    this.#uId = uId;
    void this.#use(0);
    if (this.#limiter.demand > 0) this.#ask();
  }

  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const running = this.#limiter.run(work, signal);
    this.#usedAt = this.#now();
    this.#peak = Math.max(this.#peak, this.#limiter.demand);
    const more = Math.min(LANES, this.#limiter.demand) > this.#askedFor && (this.#contended || this.#lanes === 0);
    if (more || !this.#isLeased()) this.#ask();
    try {
      return await running;
    } finally {
      this.#usedAt = this.#now();
      if (this.#contended && this.#limiter.demand === 0) this.#lookIn(IDLE_MS);
    }
  }

  pause(forMs: number): void {
    this.#limiter.pause(forMs);
    this.#announce((budget, now) => pauseFor(budget, forMs, now));
  }

  publishedRate(maxPerSecond: number): void {
    if (!(maxPerSecond > 0)) return;
    this.#rate = Math.min(APPLES_RATE, maxPerSecond);
    void this.#use(this.#lanes);
  }

  async advice(): Promise<{ failure: AppleFailure; leftMs: number } | null> {
    // Without a lease, no notifications arrive.
    if (this.#uId !== null && !this.#isLeased()) {
      this.#peak = Math.max(this.#peak, 1);
      this.#ask();
      await this.#asking;
    }
    const advice = this.#advice;
    return advice === null ? null : { failure: advice.failure, leftMs: advice.until - this.#now() };
  }

  advise(failure: AppleFailure, forMs: number): void {
    this.#advice = { failure, until: this.#now() + forMs };
    this.#announce((budget, now) => ({ ...budget, advice: { failure, until: now + forMs } }));
  }

  /** Another process changed the location's budget, or may have. */
  heard(sender: string | null): void {
    if (sender === this.#options.holder) return;
    if (this.#isLeased() || this.#limiter.demand > 0) this.#ask();
  }

  /** Returns everything, at the end of the process. What still waits never starts. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#asking;
    const uId = this.#uId;
    if (uId === null || !this.#isLeased()) return;
    const { holder, budgets } = this.#options;
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), CLOSE_MS);
    const settled = await Promise.race([this.#use(0).then(() => true), late.promise]);
    clearTimeout(timer);
    const leave = (budget: RequestBudget, now: number) => ({
      budget: returnLanes(askLanes(budget, { holder, wants: 0 }, now).budget, holder, 0, now),
      notify: true,
      result: undefined,
    });
    // Lanes that could not be returned expire with the lease.
    if (settled) await budgets.change(uId, leave, holder).catch(() => undefined);
  }

  /** Asks for the budget, one request at a time; changes in the meantime are handled afterwards. */
  #ask(): void {
    this.#askAgain = true;
    const uId = this.#uId;
    if (uId === null || this.#closed) return;
    this.#asking ??= this.#askWhileNeeded(uId).finally(() => {
      this.#asking = null;
    });
  }

  async #askWhileNeeded(uId: string): Promise<void> {
    while (this.#askAgain && !this.#closed) {
      this.#askAgain = false;
      try {
        await this.#askOnce(uId);
      } catch {
        // The database is unreachable. Leased lanes count until the lease ends; while requests wait, it asks again.
        this.#lookIn(ASK_AGAIN_MS);
      }
    }
  }

  async #askOnce(uId: string): Promise<void> {
    const { holder, budgets } = this.#options;
    const wants = Math.min(LANES, Math.max(this.#peak, this.#limiter.demand));
    this.#peak = 0;
    const keeps = this.#settledAt;
    const askedAt = this.#now();
    const askedAtDate = Date.now();
    const decide = (before: RequestBudget, now: number) => {
      const given = keeps === null ? before : returnLanes(before, holder, keeps, now);
      const { budget, grant } = askLanes(given, { holder, wants }, now);
      const advice = budget.advice && { failure: budget.advice.failure, leftMs: budget.advice.until - now };
      const result = { grant, pausedMs: budget.pausedUntil - now, advice };
      return { budget, notify: grant.lacking || keeps !== null, result };
    };
    const { grant, pausedMs, advice } = await budgets.change(uId, decide, holder);
    if (keeps === this.#settledAt) this.#settledAt = null;
    this.#askedFor = wants;
    this.#contended = grant.contended;
    this.#advice = advice && { failure: advice.failure, until: askedAt + advice.leftMs };
    if (pausedMs > 0) this.#limiter.pause(pausedMs);
    this.#follow(grant, askedAt + LEASE_MS - MARGIN_MS, askedAtDate + LEASE_MS - MARGIN_MS);
  }

  #follow({ lanes, keep, lacking, contended }: Grant, endsAt: number, endsAtDate: number): void {
    // Shrink before reopening: lanes of an older lease may belong to another process by now.
    if (keep < this.#lanes) void this.#use(keep);
    this.#leaseEnds = endsAt;
    this.#leaseEndsByDate = endsAtDate;
    const settled = this.#use(keep);
    const mine = this.#resized;
    if (keep < lanes)
      void settled.then(() => {
        if (mine !== this.#resized) return;
        this.#settledAt = keep;
        this.#ask();
      });
    const idle = contended && this.#limiter.demand === 0 && lanes > 0;
    this.#lookIn(lacking ? ASK_AGAIN_MS : idle ? IDLE_MS : RENEW_MS);
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.#look(), ms);
    this.#timer.unref();
  }

  /** Renews what is used, returns what others want, and drops what nobody uses. */
  #look(): void {
    const idle = this.#limiter.demand === 0;
    const lately = this.#now() - this.#usedAt < 2 * IDLE_MS;
    if (!idle || (this.#isLeased() && (lately || (this.#contended && this.#lanes > 0)))) {
      this.#ask();
    } else if (this.#isLeased()) {
      this.#lookIn(this.#leaseEnds - this.#now() + 1);
    } else {
      void this.#use(0);
      if (this.#uId !== null) this.#options.onUnused(this.#uId, this);
    }
  }

  #announce(change: (budget: RequestBudget, now: number) => RequestBudget): void {
    if (this.#uId === null || this.#closed) return;
    const decide = (budget: RequestBudget, now: number) => ({
      budget: change(budget, now),
      notify: true,
      result: undefined,
    });
    // If the database is unreachable, the others find out by asking Apple.
    this.#options.budgets.change(this.#uId, decide, this.#options.holder).catch(() => undefined);
  }

  #use(lanes: number): Promise<void> {
    this.#lanes = lanes;
    this.#resized += 1;
    this.#settledAt = null;
    const maxPerSecond = lanes === 0 ? 0 : Math.max(1, Math.floor((lanes * this.#rate) / LANES));
    return this.#limiter.resize({ maxAtOnce: lanes, maxPerSecond });
  }

  #isLeased(): boolean {
    return this.#now() < this.#leaseEnds && Date.now() < this.#leaseEndsByDate;
  }
}
