import { HOUR_MS, type Instant } from '../instant.ts';
import { claimReasons } from './claim-reasons.ts';
import { expiryReasons } from './expiry-reasons.ts';
import type { AlertFacts } from './facts.ts';
import { licenseReasons } from './license-reasons.ts';
import type { Reason } from './reason.ts';
import type { RuleCondition, RuleScope } from './rule.ts';
import { assignmentReasons, notificationReasons, scanReasons } from './silence-reasons.ts';
import { stateReasons } from './state-reasons.ts';

/** The same news about the same token is not repeated within this time. */
export const QUIET_MS = 6 * HOUR_MS;

/** Returns what is true now for one token under one rule. */
export function reasonsOf(
  rule: { scope: RuleScope; condition: RuleCondition },
  facts: AlertFacts,
  now: Instant,
  scanEveryMs: number,
): Reason[] {
  if (!isInScope(rule.scope, facts)) return [];
  const { condition } = rule;
  switch (condition.kind) {
    case 'expiry':
      return expiryReasons(condition.days, facts, now);
    case 'state':
      return stateReasons(condition, facts, now);
    case 'scan':
      return scanReasons(condition.hours, facts, now, scanEveryMs);
    case 'licenses':
      return licenseReasons(condition, facts);
    case 'claim':
      return claimReasons(facts);
    case 'notifications':
      return notificationReasons(condition.hours, facts, now);
    case 'assignments':
      return assignmentReasons(condition, facts);
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
