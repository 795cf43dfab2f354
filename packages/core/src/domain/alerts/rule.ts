import type { TokenState } from '../token-state.ts';

/** Which tokens a rule watches. A policy stands for itself and everything below it. */
export type RuleScope =
  | { kind: 'all' }
  | { kind: 'organization'; organizationId: string }
  | { kind: 'policy'; policyId: string }
  | { kind: 'token'; tokenId: string };

export type RuleCondition =
  | { kind: 'expiry'; days: readonly number[] }
  | { kind: 'state'; states: readonly TokenState[] }
  | { kind: 'scan'; hours: number }
  | { kind: 'claim' };

export interface RuleDraft {
  name: string;
  enabled: boolean;
  scope: RuleScope;
  condition: RuleCondition;
  channelIds: readonly string[];
}

export interface Rule extends RuleDraft {
  id: string;
}

/** What a fresh installation watches for everybody, without telling anybody yet: channels are a person's to add. */
export const DEFAULT_RULES: readonly RuleDraft[] = [
  {
    name: 'Tokens about to expire',
    enabled: true,
    scope: { kind: 'all' },
    condition: { kind: 'expiry', days: [60, 30, 14, 7, 3, 1] },
    channelIds: [],
  },
  {
    name: 'Tokens that broke',
    enabled: true,
    scope: { kind: 'all' },
    condition: {
      kind: 'state',
      states: ['expired', 'revoked', 'invalid', 'not-permitted', 'claimed-elsewhere', 'terms', 'unknown'],
    },
    channelIds: [],
  },
];
