import { healthWords } from '../health-words.ts';
import { DAY_MS, daysUntil, HOUR_MS, type Instant, MINUTE_MS } from '../instant.ts';
import { DEAD, SEVERITY } from '../token-state.ts';
import type { AlertFacts } from './facts.ts';
import type { RuleCondition, RuleScope } from './rule.ts';

/** Something a rule wants told, true now. */
export interface Reason {
  /** Never the same for two causes, always the same for one: what was told under it is not told again. */
  key: string;
  /** What flapping is measured by: reasons of one subject are the same news. */
  subject: string;
  tokenId: string;
  organizationId: string;
  title: string;
  text: string;
}

/** Amber that comes and goes with Apple's weather has to stay so long before it is news. */
const HOLD_MS = 10 * MINUTE_MS;
/** The same news about the same token is not told again within this time. */
export const QUIET_MS = 6 * HOUR_MS;

/** What is true now of one token under one rule; null when nothing is. */
export function reasonOf(
  rule: { scope: RuleScope; condition: RuleCondition },
  facts: AlertFacts,
  now: Instant,
): Reason | null {
  if (!isInScope(rule.scope, facts)) return null;
  const { condition } = rule;
  switch (condition.kind) {
    case 'expiry':
      return expiryReason(condition.days, facts, now);
    case 'state':
      return condition.states.includes(facts.state) ? stateReason(facts, now) : null;
    case 'scan':
      return scanReason(condition.hours, facts, now);
    case 'claim':
      return claimReason(facts);
  }
}

function isInScope(scope: RuleScope, facts: AlertFacts): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'organization':
      return scope.organizationId === facts.organizationId;
    case 'policy':
      return facts.policyPath.includes(scope.policyId);
    case 'token':
      return scope.tokenId === facts.tokenId;
  }
}

/** Only the smallest threshold reached counts: thresholds slept through are not made up for one by one. */
function expiryReason(days: readonly number[], facts: AlertFacts, now: Instant): Reason | null {
  const { expiresAt } = facts;
  if (expiresAt === null || DEAD.has(facts.state)) return null;
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return null;
  const reached = days.filter((one) => leftMs <= one * DAY_MS);
  if (reached.length === 0) return null;
  const threshold = Math.min(...reached);
  const subject = `expiry:${facts.tokenId}:${expiresAt.toISOString()}:${threshold}`;
  const left = daysUntil(expiresAt, now);
  const when = left === 0 ? 'within a day' : left === 1 ? 'in 1 day' : `in ${left} days`;
  return reason(facts, subject, subject, {
    title: `The token of ${facts.locationName} expires ${when}.`,
    text: `It ends on ${expiresAt.toISOString().slice(0, 10)} (UTC). After that, apps can no longer be licensed or updated from ${facts.locationName}. Next: download a fresh token and renew it.`,
  });
}

function stateReason(facts: AlertFacts, now: Instant): Reason | null {
  const heldMs = now.getTime() - facts.stateSince.getTime();
  if (SEVERITY[facts.state] === 'soon' && heldMs < HOLD_MS) return null;
  const words = healthWords(facts.state, {
    locationName: facts.locationName,
    daysLeft: facts.expiresAt === null ? null : daysUntil(facts.expiresAt, now),
    claimName: facts.claimName,
    portal: 'business.apple.com or school.apple.com',
  });
  const subject = `state:${facts.tokenId}:${facts.state}`;
  return reason(facts, `${subject}:${facts.stateSince.toISOString()}`, subject, {
    title: `${facts.locationName}: ${words.title}`,
    text: [words.cause, words.consequence, `Next: ${words.nextStep.text}`].filter((part) => part !== '').join(' '),
  });
}

function scanReason(hours: number, facts: AlertFacts, now: Instant): Reason | null {
  if (now.getTime() - facts.readAt.getTime() < hours * HOUR_MS) return null;
  const subject = `scan:${facts.tokenId}:${facts.readAt.toISOString()}`;
  return reason(facts, subject, subject, {
    title: `The licenses of ${facts.locationName} have not been read for ${hours} hours.`,
    text: 'What Winesap shows of them is older than agreed. Next: look at the log of this token, then press Scan Now.',
  });
}

function claimReason(facts: AlertFacts): Reason | null {
  if (facts.claim !== 'taken' || facts.claimId === null) return null;
  const subject = `claim:${facts.tokenId}:${facts.claimId}`;
  return reason(facts, subject, subject, {
    title: `${facts.locationName} is claimed by “${facts.claimName ?? 'an unnamed server'}”.`,
    text: 'Apple asks that only one server manages a location. Next: decide whether to take over or to keep watching.',
  });
}

function reason(facts: AlertFacts, key: string, subject: string, words: { title: string; text: string }): Reason {
  return { key, subject, tokenId: facts.tokenId, organizationId: facts.organizationId, ...words };
}
