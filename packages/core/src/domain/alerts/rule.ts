import type { TokenState } from '../tokens/token-state.ts';

/** Which tokens a rule watches. A policy includes everything below it. */
export type RuleScope =
  | { kind: 'all' }
  | { kind: 'organization'; organizationId: string }
  | { kind: 'policy'; policyId: string }
  | { kind: 'token'; tokenId: string };

export type RuleCondition =
  | { kind: 'expiry'; days: readonly number[] }
  | { kind: 'state'; entered: readonly TokenState[]; left: readonly TokenState[] }
  | { kind: 'scan'; hours: number }
  | { kind: 'licenses'; below: number | null; belowPercent: number | null; adamIds: readonly string[] }
  | { kind: 'claim' }
  | { kind: 'notifications'; hours: number }
  | { kind: 'assignments'; failed: number; hours: number };

export interface RuleDraft {
  name: string;
  enabled: boolean;
  scope: RuleScope;
  condition: RuleCondition;
  channelIds: readonly string[];
  /** Is sent without waiting for quiet hours to end or for a digest. */
  urgent: boolean;
  /** Repeated at this interval until someone acknowledges the alert. */
  repeatHours: number | null;
  /** Also sent to other channels if nobody acknowledges the alert in time. */
  escalation: { afterHours: number; channelIds: readonly string[] } | null;
}

export interface Rule extends RuleDraft {
  id: string;
}

const PLAIN = { enabled: true, scope: { kind: 'all' }, channelIds: [], urgent: false } as const;

/** The rules of a fresh installation. They watch everything but send nothing until an admin adds channels. */
export const DEFAULT_RULES: readonly RuleDraft[] = [
  {
    ...PLAIN,
    name: 'Tokens about to expire',
    condition: { kind: 'expiry', days: [60, 30, 14, 7, 3, 1] },
    repeatHours: null,
    escalation: null,
  },
  {
    ...PLAIN,
    name: 'Tokens that broke',
    condition: {
      kind: 'state',
      entered: [
        'expired',
        'revoked',
        'invalid',
        'not-permitted',
        'other-location',
        'claimed-elsewhere',
        'terms',
        'refused',
        'locked',
        'unknown',
      ],
      left: [],
    },
    repeatHours: null,
    escalation: null,
  },
];
