import { DAY_MS, HOUR_MS, type Instant, later, MINUTE_MS } from '../instant.ts';
import { nextSlot } from '../time-slot.ts';
import { EXPIRING_DAYS, isSentence, type TokenState } from './token-state.ts';

/** What the next check depends on. */
export interface Checked {
  state: TokenState;
  /** Since when it has been in that state. */
  since: Instant;
  expiresAt: Instant | null;
  /** What Apple asked to wait for. */
  retryAfterMs: number | null;
}

/** Trouble that can end by itself is looked at so soon at first. */
const SOON_MS = 2 * MINUTE_MS;
/** After Apple refused, it is asked again after so long: a refusal that was a mistake is over within minutes. */
const STEPS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];
/** Many tokens may be refused at one moment, and a check may be a little early. */
const GRACE_MS = 10_000;
/** Checks that are so late are spread anew, if they are more than a few. */
const A_FEW = 50;
/** So quickly what is late is caught up, at most. */
const CATCH_UP_PER_SECOND = 10;

/**
 * When to ask about a token again: at its own place within the interval. Healthy tokens wait the agreed time; those in
 * trouble that can end by itself are asked soon, and less often the longer it lasts; those that Apple refuses after 1, 5,
 * and 15 minutes, then every hour. Moments when time alone changes the state are met, not missed by an hour.
 */
export function nextCheckAt(checked: Checked, now: Instant, everyMs: number, share: number): Instant {
  const step = isRefused(checked.state) ? STEPS_MS.find((ms) => later(checked.since, ms - GRACE_MS) > now) : undefined;
  const waitMs = checkEveryMs(checked, now, everyMs);
  const regular =
    step === undefined ? nextSlot(now, waitMs, share, waitMs / 2) : later(checked.since, step + share * GRACE_MS);
  const { expiresAt, retryAfterMs } = checked;
  const turns = expiresAt === null ? [] : [later(expiresAt, -EXPIRING_DAYS * DAY_MS), expiresAt];
  const turn = turns.filter((one) => one > now && one < regular).sort((a, b) => a.getTime() - b.getTime())[0];
  // Thousands of tokens may expire at one moment.
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

/** What Apple says no to, rightly or by mistake. A claim of somebody else is no refusal. */
function isRefused(state: TokenState): boolean {
  return state === 'checking' || (isSentence(state) && state !== 'claimed-elsewhere');
}

/** Half as long as it has lasted, within bounds: each wait is then longer than the one before. */
function backedOff(since: Instant, now: Instant, leastMs: number, mostMs: number): number {
  const lastedMs = now.getTime() - since.getTime();
  return Math.min(mostMs, Math.max(leastMs, lastedMs / 2));
}

/**
 * How long to take for checks that are late, after a standstill: 0 when they are few, else ten a second, and a quarter of
 * the interval at most. From then on everybody is back at his own place.
 */
export function catchUpMs(late: number, everyMs: number): number {
  return late <= A_FEW ? 0 : Math.min(everyMs / 4, (late / CATCH_UP_PER_SECOND) * 1000);
}
