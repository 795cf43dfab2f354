const HOUR_MS = 3_600_000;

/**
 * Returns the milliseconds that a `Retry-After` header asks for, in seconds or as an HTTP date; null if it is absent or
 * invalid. A date is compared with the answer's own `Date` header, so that a wrong local clock does no harm. Capped at
 * one hour.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, HOUR_MS);
  const until = Date.parse(value);
  if (Number.isNaN(until)) return null;
  const theirNow = Date.parse(headers.get('date') ?? '');
  return Math.min(Math.max(0, until - (Number.isNaN(theirNow) ? nowMs : theirNow)), HOUR_MS);
}
