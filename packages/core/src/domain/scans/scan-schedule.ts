import { HOUR_MS, type Instant, later, MINUTE_MS } from '../instant.ts';
import { nextSlot } from '../time-slot.ts';

/** A location that changes is scanned up to this many times as often as configured. */
const MOST_OFTEN = 8;
const FIRST_RETRY_MS = 5 * MINUTE_MS;
const LAST_RETRY_MS = 4 * HOUR_MS;

/**
 * Returns how often to scan a location from now on: twice as often if the last scan found changes, up to eight times
 * the configured rate; at 1.5 times the interval if it found none, back to the configured one. `before` null: as
 * configured.
 */
export function nextScanEveryMs(before: number | null, foundChanges: boolean, agreedMs: number): number {
  const now = Math.min(before ?? agreedMs, agreedMs);
  return Math.round(foundChanges ? Math.max(agreedMs / MOST_OFTEN, now / 2) : Math.min(agreedMs, now * 1.5));
}

/** Returns the location's own slot in the interval, at most one interval from now. */
export function nextScanAt(now: Instant, everyMs: number, share: number): Instant {
  return nextSlot(now, everyMs, share, 0);
}

/**
 * Returns the delay after this many failed scans in a row: five minutes, ten, twenty … up to four hours, but never
 * longer than configured.
 */
export function scanAgainAt(now: Instant, failures: number, agreedMs: number, share: number): Instant {
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10), LAST_RETRY_MS, agreedMs);
  return later(now, Math.round(waitMs * (0.9 + 0.2 * share)));
}

/**
 * Returns the delay after a doubtful scan: short at first, once two readings are far enough apart to confirm each
 * other, then doubled each time, up to four hours, but never longer than configured.
 */
export function confirmScanAt(now: Instant, tries: number, confirmAfterMs: number, agreedMs: number): Instant {
  return later(now, Math.min(confirmAfterMs * 1.1 * 2 ** Math.min(tries - 1, 10), LAST_RETRY_MS, agreedMs));
}
