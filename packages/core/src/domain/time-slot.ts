import { type Instant, later } from './instant.ts';

/**
 * Every location has its own place within any interval, the same for ever: so that ten thousand added at one moment, or
 * found late after a standstill, do not stay together. 0 ≤ share < 1.
 */
export function shareOf(uId: string): number {
  // FNV-1a, with a last stir: locations are numbered one after the other, and neighbours should not be neighbours here.
  let hash = 0x811c9dc5;
  for (const letter of uId) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The location's next moment that is more than `atLeastMs` away: its place in the first interval that allows it. */
export function nextSlot(now: Instant, everyMs: number, share: number, atLeastMs: number): Instant {
  const place = share * everyMs;
  const passed = Math.floor((now.getTime() + atLeastMs - place) / everyMs);
  return later(new Date(0), Math.ceil(place + (passed + 1) * everyMs));
}
