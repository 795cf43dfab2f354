import { DAY_MS, type Instant } from '../instant.ts';

export type RenewalVerdict =
  | { verdict: 'ready' }
  | { verdict: 'needs-consent'; code: 'renewal.older-file' }
  | { verdict: 'refused'; code: 'renewal.location-mismatch' | 'renewal.same-file' };

interface Side {
  uId: string;
  expiresAt: Instant | null;
  fingerprint: string;
}

/**
 * Whether a file may replace the stored one. The location decides first: a token of another location would make every
 * assignment look foreign. An older file can be the right one if the newer one was revoked, but only a person can know
 * that.
 */
export function judgeRenewal(stored: Side, fresh: Side): RenewalVerdict {
  if (stored.uId !== fresh.uId) return { verdict: 'refused', code: 'renewal.location-mismatch' };
  if (stored.fingerprint === fresh.fingerprint) return { verdict: 'refused', code: 'renewal.same-file' };
  if (expiresEarlier(stored.expiresAt, fresh.expiresAt))
    return { verdict: 'needs-consent', code: 'renewal.older-file' };
  return { verdict: 'ready' };
}

/** A day of tolerance: to a person, two downloads of the same afternoon are equally new. */
function expiresEarlier(stored: Instant | null, fresh: Instant | null): boolean {
  if (stored === null || fresh === null) return false;
  return stored.getTime() - fresh.getTime() > DAY_MS;
}
