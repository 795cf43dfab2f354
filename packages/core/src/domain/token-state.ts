import type { AppleFailure } from './apple-failure.ts';
import type { ClaimState } from './claim.ts';
import { DAY_MS, type Instant } from './instant.ts';

export const TOKEN_STATES = [
  'healthy',
  'expiring',
  'expired',
  'revoked',
  'invalid',
  'not-permitted',
  'claimed-elsewhere',
  'terms',
  'locked',
  'throttled',
  'unreachable',
  'unknown',
] as const;
export type TokenState = (typeof TOKEN_STATES)[number];

export type Severity = 'broken' | 'soon' | 'unknown' | 'ok';

/** Days before expiry from which a token is *expiring*. */
export const EXPIRING_DAYS = 30;
export const SEVERITY: Record<TokenState, Severity> = {
  healthy: 'ok',
  expiring: 'soon',
  expired: 'broken',
  revoked: 'broken',
  invalid: 'broken',
  'not-permitted': 'broken',
  'claimed-elsewhere': 'broken',
  terms: 'broken',
  locked: 'broken',
  throttled: 'soon',
  unreachable: 'soon',
  unknown: 'unknown',
};

/** While a token is in one of these, nothing can be asked with it: a scan would only fail. */
export const DEAD: ReadonlySet<TokenState> = new Set(['expired', 'revoked', 'invalid', 'locked']);

export interface TokenFacts {
  expiresAt: Instant | null;
  /** The last answer about this token; null when Apple answered well. */
  failure: AppleFailure | null;
  /** When Apple last said something definite: a good answer, or a refusal that names the token's trouble. */
  definiteAt: Instant | null;
  claim: ClaimState;
}

/**
 * One state from everything known. What Apple last said about the token goes before time, time before the claim:
 * a revoked token is revoked even when it also expires soon, because renewing cures both. After `unknownAfterMs` without a
 * definite answer the check itself is the alarm.
 */
export function tokenState(facts: TokenFacts, now: Instant, unknownAfterMs: number): TokenState {
  const told = facts.failure === null ? null : stateOfFailure(facts.failure);
  if (told !== null && told !== 'throttled' && told !== 'unreachable') return told;
  if (facts.expiresAt !== null && facts.expiresAt.getTime() <= now.getTime()) return 'expired';
  if (facts.definiteAt === null) return told ?? 'unknown';
  if (now.getTime() - facts.definiteAt.getTime() > unknownAfterMs) return 'unknown';
  if (told !== null) return told;
  if (facts.claim === 'taken') return 'claimed-elsewhere';
  if (facts.expiresAt !== null && facts.expiresAt.getTime() - now.getTime() <= EXPIRING_DAYS * DAY_MS)
    return 'expiring';
  return 'healthy';
}

/** Numbers decide, then the HTTP class; texts never (fact sheet §0 fact 10, §6.4). */
export function stateOfFailure(failure: AppleFailure): TokenState {
  if (failure.kind === 'not-asked') return 'locked';
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

/**
 * NOTE: how unaccepted terms show is not documented (fact sheet §6.5). A read without arguments that Apple refuses for
 * none of the known reasons is called `terms`: its advice, look into the portal, is right for all of them.
 */
function stateOfStatus(httpStatus: number): TokenState {
  if (httpStatus === 403) return 'not-permitted';
  if (httpStatus === 429) return 'throttled';
  if (httpStatus >= 500) return 'unreachable';
  return 'terms';
}
