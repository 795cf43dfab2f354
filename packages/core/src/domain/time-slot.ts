import { type Instant, later } from './instant.ts';

/**
 * Returns the location's fixed share of any interval, so that ten thousand locations that are added at once, or are
 * late after downtime, spread out. 0 ≤ share < 1.
 */
export function shareOf(uId: string): number {
  // FNV-1a with a final mix: locations have consecutive numbers, and neighbors should not end up close together here.
  let hash = 0x811c9dc5;
  for (const letter of uId) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Returns the location's next slot that is more than `atLeastMs` away. */
export function nextSlot(now: Instant, everyMs: number, share: number, atLeastMs: number): Instant {
  const place = share * everyMs;
  const passed = Math.floor((now.getTime() + atLeastMs - place) / everyMs);
  return later(new Date(0), Math.ceil(place + (passed + 1) * everyMs));
}
