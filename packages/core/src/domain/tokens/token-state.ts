import type { AppleFailure } from '../apple-failure.ts';
import { DAY_MS, type Instant } from '../instant.ts';
import type { ClaimState } from '../locations/claim.ts';

export const TOKEN_STATES = [
  'healthy',
  'expiring',
  'expired',
  'revoked',
  'invalid',
  'not-permitted',
  'other-location',
  'claimed-elsewhere',
  'terms',
  'locked',
  'refused',
  'checking',
  'throttled',
  'unreachable',
  'unknown',
] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

export type Severity = 'broken' | 'soon' | 'unknown' | 'checking' | 'ok';

/** Days before expiry from which a token is *expiring*. */
export const EXPIRING_DAYS = 30;
export const SEVERITY: Record<TokenState, Severity> = {
  healthy: 'ok',
  expiring: 'soon',
  expired: 'broken',
  revoked: 'broken',
  invalid: 'broken',
  'not-permitted': 'broken',
  'other-location': 'broken',
  'claimed-elsewhere': 'broken',
  terms: 'broken',
  locked: 'broken',
  refused: 'broken',
  checking: 'checking',
  throttled: 'soon',
  unreachable: 'soon',
  unknown: 'unknown',
};

/**
 * In these states a scan can't succeed: the credential can't be opened, Apple refuses every request, or it answers
 * about another location.
 */
export const DEAD: ReadonlySet<TokenState> = new Set(['expired', 'revoked', 'invalid', 'other-location', 'locked']);

export interface TokenFacts {
  expiresAt: Instant | null;
  /** The last failure for this token; null if Apple answered successfully. */
  failure: AppleFailure | null;
  /** Apple confirmed `failure`: it refused several times, at more than one endpoint. */
  confirmed: boolean;
  /** When Apple last gave a definite answer: a success, or a confirmed refusal. */
  definiteAt: Instant | null;
  claim: ClaimState;
}

/**
 * Derives one state from everything known. A confirmed refusal outranks time, and time outranks the claim: a revoked
 * token is revoked even if it also expires soon, because renewing fixes both. An unconfirmed refusal ends no token.
 * After `unknownAfterMs` without a definite answer, the check itself becomes the alarm.
 */
export function tokenState(facts: TokenFacts, now: Instant, unknownAfterMs: number): TokenState {
  const said = facts.failure === null ? null : stateOfFailure(facts.failure);
  if (said === 'locked') return said;
  const sentence = said !== null && isSentence(said) ? said : null;
  if (sentence !== null && facts.confirmed) return sentence;
  if (facts.expiresAt !== null && facts.expiresAt.getTime() <= now.getTime()) return 'expired';
  const unconfirmed = sentence === null ? said : 'checking';
  if (facts.definiteAt === null) return unconfirmed ?? 'unknown';
  if (now.getTime() - facts.definiteAt.getTime() > unknownAfterMs) return 'unknown';
  if (unconfirmed !== null) return unconfirmed;
  if (facts.claim === 'taken') return 'claimed-elsewhere';
  if (facts.expiresAt !== null && facts.expiresAt.getTime() - now.getTime() <= EXPIRING_DAYS * DAY_MS)
    return 'expiring';
  return 'healthy';
}

/** States that renewing fixes like expiry, or that already mention it. */
const CURED_BY_RENEWING: ReadonlySet<TokenState> = new Set([...DEAD, 'healthy', 'expiring']);

/**
 * Returns what `state` hides about a token's time: an unreachable Apple says nothing about the eleven days that it has
 * left. Null if there is nothing to add.
 */
export function hiddenExpiry(
  state: TokenState,
  expiresAt: Instant | null,
  now: Instant,
): 'expired' | 'expiring' | null {
  if (expiresAt === null || CURED_BY_RENEWING.has(state)) return null;
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return 'expired';
  return leftMs <= EXPIRING_DAYS * DAY_MS ? 'expiring' : null;
}

/** Whether this refusal by Apple would end a token, or block everything until a person acts. */
export function isSentence(state: TokenState): boolean {
  return SEVERITY[state] === 'broken' && state !== 'locked';
}

/** The number decides, then the HTTP class; never the text (fact sheet §0 fact 10, §6.4). */
export function stateOfFailure(failure: AppleFailure): TokenState {
  if (failure.kind === 'not-asked') return 'locked';
  if (failure.kind === 'other-location') return 'other-location';
  if (failure.kind !== 'refused') return 'unreachable';
  switch (failure.errorNumber) {
    case 9621:
      return 'expired';
    case 9625:
      return 'revoked';
    case 9622:
    case 9722:
      return 'invalid';
    case 9637:
    case 9647:
      return 'not-permitted';
    case 9642:
      return 'terms';
    case 9645:
      return 'claimed-elsewhere';
    case 9646:
      return 'throttled';
    case 9603:
    case 9644:
    case 9729:
      return 'unreachable';
    default:
      return stateOfStatus(failure.httpStatus);
  }
}

/** NOTE: how unaccepted terms show is not documented (fact sheet §6.5), so an unknown number is not taken for them. */
function stateOfStatus(httpStatus: number): TokenState {
  if (httpStatus === 403) return 'not-permitted';
  if (httpStatus === 429) return 'throttled';
  if (httpStatus >= 500) return 'unreachable';
  return 'refused';
}
