import { DAY_MS, type Instant, type TokenState } from '@winesap/core';

/** What monitoring systems know. In this order as exit codes: 0, 1, 2, 3. */
export type CheckLevel = 'ok' | 'warning' | 'critical' | 'unknown';

/** Days before expiry from which a token is a warning, and critical. */
export interface Thresholds {
  warnDays: number;
  criticalDays: number;
}

/**
 * A look at one moment has no last good reading to fall back on, as the server has: an Apple that is away or busy leaves
 * the question open, so both are *unknown* here.
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

/** Known to be bad goes before not known, for it is sure to hurt; not known before soon, for anything may hide behind it. */
const WORST_FIRST: readonly CheckLevel[] = ['critical', 'unknown', 'warning'];

export function worstLevel(levels: Iterable<CheckLevel>): CheckLevel {
  const present = new Set(levels);
  return WORST_FIRST.find((level) => present.has(level)) ?? 'ok';
}

/** State and days together: a token that dies in three days is critical also while Apple does not answer. */
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
