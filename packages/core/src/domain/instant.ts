export type Instant = Date;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Returns whole days left, rounded down; negative after the instant has passed: −1 during the first day after it. */
export function daysUntil(instant: Instant, now: Instant): number {
  return Math.floor((instant.getTime() - now.getTime()) / DAY_MS);
}

export function later(instant: Instant, ms: number): Instant {
  return new Date(instant.getTime() + ms);
}
