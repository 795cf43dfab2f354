import { DAY_MS, type Instant, type TokenState } from '@winesap/core';

/** The levels that monitoring systems know. In this order as exit codes: 0, 1, 2, 3. */
export type CheckLevel = 'ok' | 'warning' | 'critical' | 'unknown';

/** Days before expiry from which a token is a warning, and critical. */
export interface Thresholds {
  warnDays: number;
  criticalDays: number;
}

/**
 * A single check has no earlier result to fall back on, unlike the server: if Apple is unreachable or busy, the answer
 * is open, so both are *unknown* here.
 */
const LEVEL: Record<TokenState, CheckLevel> = {
  healthy: 'ok',
  expiring: 'warning',
  expired: 'critical',
  revoked: 'critical',
  invalid: 'critical',
  'not-permitted': 'critical',
  terms: 'critical',
  locked: 'critical',
  'other-location': 'critical',
  refused: 'critical',
  'claimed-elsewhere': 'warning',
  checking: 'unknown',
  throttled: 'unknown',
  unreachable: 'unknown',
  unknown: 'unknown',
};

/**
 * Known problems rank before unknown ones, because they certainly matter, and unknown ones before upcoming ones,
 * because they can hide anything.
 */
const WORST_FIRST: readonly CheckLevel[] = ['critical', 'unknown', 'warning'];

export function worstLevel(levels: Iterable<CheckLevel>): CheckLevel {
  const present = new Set(levels);
  return WORST_FIRST.find((level) => present.has(level)) ?? 'ok';
}

/** Combines state and days: a token that expires in three days is critical even while Apple does not answer. */
export function levelOf(
  state: TokenState,
  expiresAt: Instant | null,
  now: Instant,
  thresholds: Thresholds,
): CheckLevel {
  return worstLevel([LEVEL[state], levelOfDate(expiresAt, now, thresholds)]);
}

export function levelOfDate(expiresAt: Instant | null, now: Instant, thresholds: Thresholds): CheckLevel {
  if (expiresAt === null) return 'ok';
  if (isWithin(expiresAt, now, thresholds.criticalDays)) return 'critical';
  return isWithin(expiresAt, now, thresholds.warnDays) ? 'warning' : 'ok';
}

export function isWithin(expiresAt: Instant, now: Instant, days: number): boolean {
  return expiresAt.getTime() - now.getTime() <= days * DAY_MS;
}
