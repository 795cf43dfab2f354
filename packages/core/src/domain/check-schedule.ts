import { DAY_MS, HOUR_MS, type Instant, later, MINUTE_MS } from './instant.ts';
import { EXPIRING_DAYS, type TokenState } from './token-state.ts';

/**
 * When to ask about a token again. Healthy tokens wait the agreed time; those in trouble that can end by itself are
 * asked sooner, dead ones later, since only a person cures them. Every token keeps its own minute within the hour, so
 * that ten thousand never ask at once. Moments when time alone changes the state are met, not missed by an hour.
 */
export function nextCheckAt(
  state: TokenState,
  now: Instant,
  everyMs: number,
  share: number,
  expiresAt: Instant | null,
): Instant {
  const regular = later(now, Math.round(waitMs(state, everyMs) * (0.9 + 0.2 * share)));
  const turns = expiresAt === null ? [] : [later(expiresAt, -EXPIRING_DAYS * DAY_MS), expiresAt];
  const next = turns.filter((turn) => turn > now && turn < regular).sort((a, b) => a.getTime() - b.getTime())[0];
  return next === undefined ? regular : later(next, 1000);
}

function waitMs(state: TokenState, everyMs: number): number {
  switch (state) {
    case 'throttled':
    case 'unreachable':
    case 'unknown':
      return Math.min(everyMs, 5 * MINUTE_MS);
    case 'terms':
    case 'not-permitted':
      return Math.min(everyMs, 15 * MINUTE_MS);
    case 'expired':
    case 'revoked':
    case 'invalid':
      return Math.max(everyMs, 6 * HOUR_MS);
    case 'healthy':
    case 'expiring':
    case 'claimed-elsewhere':
      return everyMs;
  }
}
