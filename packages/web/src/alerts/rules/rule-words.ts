import type { Rule, TokenState } from '@winesap/api';
import { count, some } from '../../parts/words.ts';

export const STATE_WORD: Record<TokenState, string> = {
  expired: 'Expired',
  revoked: 'Revoked',
  invalid: 'Invalid',
  'not-permitted': 'Not permitted',
  'other-location': 'Other location',
  'claimed-elsewhere': 'Claimed elsewhere',
  terms: 'Terms not accepted',
  locked: 'Locked',
  refused: 'Refused',
  expiring: 'Expiring',
  throttled: 'Throttled',
  unreachable: 'Unreachable',
  unknown: 'Unknown',
  checking: 'Checking',
  healthy: 'Healthy',
};

/** Every state, the broken ones first. */
export const STATES = Object.keys(STATE_WORD) as TokenState[];

/** What a rule waits for: `60, 30 and 14 days before a token expires`. */
export function conditionWords(condition: Rule['condition']): string {
  switch (condition.kind) {
    case 'expiry':
      return `${listed([...condition.days].sort((a, b) => b - a).map(count))} days before a token expires`;
    case 'state':
      return [
        condition.entered.length > 0 && `a token becomes ${states(condition.entered)}`,
        condition.left.length > 0 && `a token is no longer ${states(condition.left)}`,
      ]
        .filter((part) => part !== false)
        .join(', or ');
    case 'scan':
      return `scans of a location fail for ${some(condition.hours, 'hour')}`;
    case 'licenses': {
      const bounds = [
        condition.below !== null && `below ${count(condition.below)}`,
        condition.belowPercent !== null && `below ${condition.belowPercent} % of all`,
      ].filter((part) => part !== false);
      const what = condition.adamIds.length === 0 ? 'an asset' : some(condition.adamIds.length, 'chosen asset');
      return `available licenses of ${what} are ${bounds.join(' or ')}`;
    }
    case 'claim':
      return 'another server claims a location, or our claim is gone';
    case 'notifications':
      return `Apple sends no notification for ${some(condition.hours, 'hour')}`;
    case 'assignments':
      return `${some(condition.failed, 'assignment')} fail within ${some(condition.hours, 'hour')}`;
  }
}

export function scopeWords({ scope, scopeName, scopeGone }: Pick<Rule, 'scope' | 'scopeName' | 'scopeGone'>): string {
  if (scopeGone) return 'what it watched was deleted';
  switch (scope.kind) {
    case 'all':
      return 'everything';
    case 'organization':
      return scopeName ?? 'an organization';
    case 'policy':
      return `${scopeName ?? 'a policy'} and below`;
    case 'token':
      return scopeName ?? 'a token';
  }
}

/** How it is told besides once: `urgent · again every 4 hours · after 2 hours also to Boss`. */
export function tellingWords(rule: Rule, nameOf: (channelId: string) => string): string[] {
  return [
    rule.urgent && 'urgent',
    rule.repeatHours !== null && `again every ${some(rule.repeatHours, 'hour')} until acknowledged`,
    rule.escalation !== null &&
      `unacknowledged for ${some(rule.escalation.afterHours, 'hour')}: also to ${listed(rule.escalation.channelIds.map(nameOf))}`,
  ].filter((part) => part !== false);
}

export function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const states = (list: readonly TokenState[]) =>
  list
    .map((state) => STATE_WORD[state].toLowerCase())
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
