import type { Rule } from '../schemas/alerts/rule.ts';
import type { TokenState } from '../schemas/health.ts';
import { count, listed, plural } from './numbers.ts';

export const TOKEN_STATE_WORD: Record<TokenState, string> = {
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

/** The number of a rule's assets that are listed by their numbers, which can be searched for. */
const NAMED_ASSETS = 3;

/** The condition of a rule, to follow “When”: `60, 30 and 14 days before a token expires`. */
export function conditionWords(condition: Rule['condition']): string {
  switch (condition.kind) {
    case 'expiry':
      return `${daysWords(condition.days)} before a token expires`;
    case 'state':
      return [
        condition.entered.length > 0 && `a token becomes ${states(condition.entered)}`,
        condition.left.length > 0 && `a token is no longer ${states(condition.left)}`,
      ]
        .filter((part) => part !== false)
        .join(', or ');
    case 'scan':
      return `scans of a location fail for ${plural(condition.hours, 'hour')}`;
    case 'licenses': {
      const { below, belowPercent, adamIds } = condition;
      const bounds = [
        below !== null && `below ${count(below)}`,
        belowPercent !== null && `below ${belowPercent} % of all`,
      ].filter((part) => part !== false);
      return `available licenses of ${assetsWords(adamIds)} are ${bounds.length === 0 ? 'low' : bounds.join(' or ')}`;
    }
    case 'claim':
      return 'another server claims a location, or our claim is gone';
    case 'notifications':
      return `Apple sends no notification for ${plural(condition.hours, 'hour')}`;
    case 'assignments':
      return `${plural(condition.failed, 'assignment')} ${condition.failed === 1 ? 'fails' : 'fail'} within ${plural(condition.hours, 'hour')}`;
  }
}

/** `60, 30 and 14 days`, the longest first. */
function daysWords(days: readonly number[]): string {
  const longestFirst = [...days].sort((a, b) => b - a);
  return `${listed(longestFirst.map(count))} ${longestFirst.length === 1 && longestFirst[0] === 1 ? 'day' : 'days'}`;
}

function assetsWords(adamIds: readonly string[]): string {
  if (adamIds.length === 0) return 'an asset';
  return adamIds.length <= NAMED_ASSETS ? `asset ${listed(adamIds, 'or')}` : plural(adamIds.length, 'chosen asset');
}

const states = (list: readonly TokenState[]) =>
  listed(
    list.map((state) => TOKEN_STATE_WORD[state].toLowerCase()),
    'or',
  );

/** The scope of a rule, to follow “Watches”: `everything`, `Northwind`, `Retail and below`. */
export function scopeWords({ scope, scopeName, scopeGone }: Pick<Rule, 'scope' | 'scopeName' | 'scopeGone'>): string {
  if (scopeGone) return `a deleted ${scope.kind}`;
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

/** Whom a rule notifies: `notifies On call and Help desk`, `notifies nobody yet`. */
export function notifiesWords({ channelIds }: Pick<Rule, 'channelIds'>, nameOf: (channelId: string) => string): string {
  return channelIds.length === 0 ? 'notifies nobody yet' : `notifies ${listed(channelIds.map(nameOf))}`;
}

/**
 * How a rule notifies besides once: `urgent`, `again every 4 hours until acknowledged`, `unacknowledged for 2 hours:
 * also to Boss`.
 */
export function repetitionWords(
  { urgent, repeatHours, escalation }: Pick<Rule, 'urgent' | 'repeatHours' | 'escalation'>,
  nameOf: (channelId: string) => string,
): string[] {
  return [
    urgent && 'urgent',
    repeatHours !== null && `again every ${plural(repeatHours, 'hour')} until acknowledged`,
    escalation !== null &&
      `unacknowledged for ${plural(escalation.afterHours, 'hour')}: also to ${listed(escalation.channelIds.map(nameOf))}`,
  ].filter((part) => part !== false);
}
