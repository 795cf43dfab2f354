import { DAY_MS, daysUntil, type Instant, MINUTE_MS } from '../instant.ts';
import { healthWords, nextStepElsewhere } from '../tokens/health-words.ts';
import { SEVERITY, type TokenState } from '../tokens/token-state.ts';
import type { AlertFacts } from './facts.ts';
import { type Reason, reason } from './reason.ts';

/** States that come and go with Apple's outages must last this long before they are news. */
const HOLD_MS = 10 * MINUTE_MS;
/** Older transitions are history: a new rule does not send alerts for them. */
const LEFT_WITHIN_MS = 3 * DAY_MS;
/** In these states the token's condition is unknown, so it has not left the previous state. */
const UNSURE: ReadonlySet<TokenState> = new Set(['throttled', 'unreachable', 'unknown', 'checking']);

export function stateReasons(
  condition: { entered: readonly TokenState[]; left: readonly TokenState[] },
  facts: AlertFacts,
  now: Instant,
): Reason[] {
  const reasons = condition.left.flatMap((state) => leftReasons(state, facts, now));
  if (condition.entered.includes(facts.state) && hasHeld(facts.state, facts.stateSince, now))
    reasons.push(enteredReason(facts, now));
  return reasons;
}

function enteredReason(facts: AlertFacts, now: Instant): Reason {
  const words = wordsOf(facts.state, facts, now);
  const subject = `state:${facts.tokenId}:${facts.state}`;
  return reason(facts, {
    key: `${subject}:${facts.stateSince.toISOString()}`,
    subject,
    title: `${facts.locationName}: ${words.title}`,
    text: [words.cause, words.consequence, `Next: ${nextStepElsewhere(words)}`].filter((part) => part !== '').join(' '),
  });
}

function leftReasons(state: TokenState, facts: AlertFacts, now: Instant): Reason[] {
  if (facts.state === state || (UNSURE.has(facts.state) && !UNSURE.has(state))) return [];
  const span = facts.stateTrail.findLast((one) => one.state === state);
  if (span === undefined || !hasHeld(state, span.since, span.until)) return [];
  if (Math.abs(now.getTime() - span.until.getTime()) > LEFT_WITHIN_MS) return [];
  const subject = `left:${facts.tokenId}:${state}`;
  const { label } = wordsOf(state, facts, now);
  const words = wordsOf(facts.state, facts, now);
  return [
    reason(facts, {
      key: `${subject}:${span.since.toISOString()}`,
      subject,
      title: `${facts.locationName} is no longer ${label.toLowerCase()}.`,
      text:
        facts.state === 'healthy'
          ? 'The token works again. Nothing to do.'
          : `${words.title} Next: ${nextStepElsewhere(words)}`,
      moment: true,
    }),
  ];
}

function hasHeld(state: TokenState, since: Instant, until: Instant): boolean {
  const passes = SEVERITY[state] === 'soon' || SEVERITY[state] === 'checking';
  return !passes || until.getTime() - since.getTime() >= HOLD_MS;
}

function wordsOf(state: TokenState, facts: AlertFacts, now: Instant) {
  return healthWords(state, {
    locationName: facts.locationName,
    daysLeft: facts.expiresAt === null ? null : daysUntil(facts.expiresAt, now),
    claimName: facts.claimName,
    failure: facts.failure,
    portal: 'business.apple.com or school.apple.com',
  });
}
