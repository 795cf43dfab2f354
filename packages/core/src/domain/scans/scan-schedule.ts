import { HOUR_MS, type Instant, later, MINUTE_MS } from '../instant.ts';
import { nextSlot } from '../time-slot.ts';

/** Where things change, a location is read up to so many times as often as agreed. */
const MOST_OFTEN = 8;
const FIRST_RETRY_MS = 5 * MINUTE_MS;
const LAST_RETRY_MS = 4 * HOUR_MS;

/**
 * How often to read a location from now on: twice as often when the last scan found changes, up to eight times the agreed
 * rhythm; half as long again when it found none, back to the agreed one. `before` null: as agreed so far.
 */
export function nextScanEveryMs(before: number | null, foundChanges: boolean, agreedMs: number): number {
  const now = Math.min(before ?? agreedMs, agreedMs);
  return Math.round(foundChanges ? Math.max(agreedMs / MOST_OFTEN, now / 2) : Math.min(agreedMs, now * 1.5));
}

/** The location's own place in the interval, never later than the interval from now. */
export function nextScanAt(now: Instant, everyMs: number, share: number): Instant {
  return nextSlot(now, everyMs, share, 0);
}

/** After so many failed scans in a row: five minutes, ten, twenty … up to four hours, never longer than agreed. */
export function scanAgainAt(now: Instant, failures: number, agreedMs: number, share: number): Instant {
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10), LAST_RETRY_MS, agreedMs);
  return later(now, Math.round(waitMs * (0.9 + 0.2 * share)));
}

/**
 * After a doubtful scan: soon, once two readings are far enough apart to confirm each other, then half as often each time, up
 * to every four hours, never longer than agreed.
 */
export function confirmScanAt(now: Instant, tries: number, confirmAfterMs: number, agreedMs: number): Instant {
  return later(now, Math.min(confirmAfterMs * 1.1 * 2 ** Math.min(tries - 1, 10), LAST_RETRY_MS, agreedMs));
}
