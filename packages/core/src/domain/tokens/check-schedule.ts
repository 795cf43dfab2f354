import { DAY_MS, HOUR_MS, type Instant, later, MINUTE_MS } from '../instant.ts';
import { nextSlot } from '../time-slot.ts';
import { EXPIRING_DAYS, isSentence, type TokenState } from './token-state.ts';

/** What the next check depends on. */
export interface Checked {
  state: TokenState;
  /** Since when it has been in that state. */
  since: Instant;
  expiresAt: Instant | null;
  /** How long Apple asked to wait. */
  retryAfterMs: number | null;
}

/** The first delay for trouble that can end by itself. */
const SOON_MS = 2 * MINUTE_MS;
/** The delays after a refusal by Apple: a mistaken refusal is over within minutes. */
const STEPS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
/** Many tokens may be refused at one moment, and a check may be slightly early. */
const GRACE_MS = 10_000;
/** Checks that are later than this are spread out if there are more than a few. */
const A_FEW = 50;
/** The maximum rate at which late checks are made up for. */
const CATCH_UP_PER_SECOND = 10;

/**
 * Returns when to check a token next, at its own slot within the interval. Healthy tokens wait the configured time.
 * Tokens in trouble that can end by itself are checked soon, then less often the longer it lasts; refused tokens after
 * 1, 5, and 15 minutes, then every hour. Instants at which time alone changes the state are hit exactly.
 */
export function nextCheckAt(checked: Checked, now: Instant, everyMs: number, share: number): Instant {
  const step = isRefused(checked.state) ? STEPS_MS.find((ms) => later(checked.since, ms - GRACE_MS) > now) : undefined;
  const waitMs = checkEveryMs(checked, now, everyMs);
  const regular =
    step === undefined ? nextSlot(now, waitMs, share, waitMs / 2) : later(checked.since, step + share * GRACE_MS);
  const { expiresAt, retryAfterMs } = checked;
  const turns = expiresAt === null ? [] : [later(expiresAt, -EXPIRING_DAYS * DAY_MS), expiresAt];
  const turn = turns.filter((one) => one > now && one < regular).sort((a, b) => a.getTime() - b.getTime())[0];
  // Thousands of tokens may expire at the same moment.
  const next = turn === undefined ? regular : later(turn, 1000 + share * MINUTE_MS);
  const allowed = later(now, retryAfterMs ?? 0);
  return next < allowed ? later(allowed, share * SOON_MS) : next;
}

function checkEveryMs({ state, since }: Checked, now: Instant, everyMs: number): number {
  switch (state) {
    case 'throttled':
    case 'unreachable':
    case 'unknown':
    case 'locked':
      return backedOff(since, now, SOON_MS, everyMs);
    case 'terms':
    case 'not-permitted':
    case 'expired':
    case 'revoked':
    case 'invalid':
    case 'other-location':
    case 'refused':
    case 'checking':
      return Math.min(everyMs, HOUR_MS);
    case 'healthy':
    case 'expiring':
    case 'claimed-elsewhere':
      return everyMs;
  }
}

/** Whether Apple refuses it, rightly or by mistake. Another system's claim isn't a refusal. */
function isRefused(state: TokenState): boolean {
  return state === 'checking' || (isSentence(state) && state !== 'claimed-elsewhere');
}

/**
 * Returns half the time that the trouble has lasted, within limits, so that each wait is longer than the one before.
 */
function backedOff(since: Instant, now: Instant, leastMs: number, mostMs: number): number {
  const lastedMs = now.getTime() - since.getTime();
  return Math.min(mostMs, Math.max(leastMs, lastedMs / 2));
}

/**
 * Returns how long to spread late checks over after downtime: 0 if they are few, else at ten per second, but at most a
 * quarter of the interval. After that, every location is back at its own slot.
 */
export function catchUpMs(late: number, everyMs: number): number {
  return late <= A_FEW ? 0 : Math.min(everyMs / 4, (late / CATCH_UP_PER_SECOND) * 1000);
}
