import type { NewRule, Rule, TokenState } from '@winesap/api';

export type ConditionKind = Rule['condition']['kind'];
export type ScopeKind = Rule['scope']['kind'];

/** What stands in the fields of the window, as texts where a person types. */
export interface RuleForm {
  name: string;
  enabled: boolean;
  kind: ConditionKind;
  days: string;
  entered: readonly TokenState[];
  left: readonly TokenState[];
  hours: string;
  below: string;
  belowPercent: string;
  adamIds: string;
  failed: string;
  scope: ScopeKind;
  organizationId: string | null;
  policyId: string | null;
  tokenId: string | null;
  channelIds: readonly string[];
  urgent: boolean;
  repeatHours: string;
  escalateHours: string;
  escalateTo: readonly string[];
}

const BROKEN: TokenState[] = [
  'expired',
  'revoked',
  'invalid',
  'not-permitted',
  'other-location',
  'claimed-elsewhere',
  'terms',
  'locked',
  'refused',
  'unknown',
];

export const NEW_RULE: RuleForm = {
  name: '',
  enabled: true,
  kind: 'expiry',
  days: '60, 30, 14, 7, 3, 1',
  entered: BROKEN,
  left: [],
  hours: '24',
  below: '',
  belowPercent: '10',
  adamIds: '',
  failed: '20',
  scope: 'all',
  organizationId: null,
  policyId: null,
  tokenId: null,
  channelIds: [],
  urgent: false,
  repeatHours: '',
  escalateHours: '',
  escalateTo: [],
};

/** The fields of a rule that is there already. */
export function formOf(rule: Rule): RuleForm {
  const { condition, scope } = rule;
  const form: RuleForm = {
    ...NEW_RULE,
    name: rule.name,
    enabled: rule.enabled,
    kind: condition.kind,
    scope: scope.kind,
    organizationId: scope.kind === 'organization' ? scope.organizationId : null,
    policyId: scope.kind === 'policy' ? scope.policyId : null,
    tokenId: scope.kind === 'token' ? scope.tokenId : null,
    channelIds: rule.channelIds,
    urgent: rule.urgent,
    repeatHours: text(rule.repeatHours),
    escalateHours: text(rule.escalation?.afterHours ?? null),
    escalateTo: rule.escalation?.channelIds ?? [],
  };
  switch (condition.kind) {
    case 'expiry':
      return { ...form, days: condition.days.join(', ') };
    case 'state':
      return { ...form, entered: condition.entered, left: condition.left };
    case 'licenses':
      return {
        ...form,
        below: text(condition.below),
        belowPercent: text(condition.belowPercent),
        adamIds: condition.adamIds.join(', '),
      };
    case 'scan':
    case 'notifications':
      return { ...form, hours: String(condition.hours) };
    case 'assignments':
      return { ...form, failed: String(condition.failed), hours: String(condition.hours) };
    case 'claim':
      return form;
  }
}

/** The rule that the fields describe, or the first thing that is missing. */
export function ruleOf(form: RuleForm): { rule: NewRule; why: null } | { rule: null; why: string } {
  const missing = (why: string) => ({ rule: null, why });
  if (form.name.trim() === '') return missing('Give it a name first.');
  const condition = conditionOf(form);
  if (typeof condition === 'string') return missing(condition);
  const scope = scopeOf(form);
  if (typeof scope === 'string') return missing(scope);
  const repeatHours = form.repeatHours.trim() === '' ? null : wholeNumber(form.repeatHours, 1, 8760);
  if (repeatHours === undefined) return missing('Repeat: give a number of hours, or leave it empty.');
  const afterHours = form.escalateHours.trim() === '' ? null : wholeNumber(form.escalateHours, 1, 8760);
  if (afterHours === undefined) return missing('Pass on: give a number of hours, or leave it empty.');
  if (afterHours !== null && form.escalateTo.length === 0) return missing('Choose where to escalate to.');
  return {
    rule: {
      name: form.name.trim(),
      enabled: form.enabled,
      scope,
      condition,
      channelIds: [...form.channelIds],
      urgent: form.urgent,
      repeatHours,
      escalation: afterHours === null ? null : { afterHours, channelIds: [...form.escalateTo] },
    },
    why: null,
  };
}

function conditionOf(form: RuleForm): NewRule['condition'] | string {
  switch (form.kind) {
    case 'expiry': {
      const days = daysOf(form.days);
      return days === null ? 'Give days between 1 and 365, with commas between them.' : { kind: 'expiry', days };
    }
    case 'state':
      return form.entered.length + form.left.length === 0
        ? 'Choose at least one state.'
        : { kind: 'state', entered: [...form.entered], left: [...form.left] };
    case 'claim':
      return { kind: 'claim' };
    case 'scan':
    case 'notifications': {
      const hours = wholeNumber(form.hours, 1, 8760);
      return hours === undefined ? 'Give a number of hours.' : { kind: form.kind, hours };
    }
    case 'assignments': {
      const [failed, hours] = [wholeNumber(form.failed, 1, 1_000_000), wholeNumber(form.hours, 1, 8760)];
      return failed === undefined || hours === undefined
        ? 'Give a number of failures and of hours.'
        : { kind: 'assignments', failed, hours };
    }
    case 'licenses': {
      const below = form.below.trim() === '' ? null : wholeNumber(form.below, 1, 1_000_000);
      const belowPercent = form.belowPercent.trim() === '' ? null : wholeNumber(form.belowPercent, 1, 100);
      if (below === undefined || belowPercent === undefined) return 'Give whole numbers of licenses and percent.';
      if (below === null && belowPercent === null) return 'Give a number of licenses, or a percentage.';
      const adamIds = form.adamIds.split(/[\s,]+/).filter((id) => id !== '');
      if (adamIds.some((id) => !/^\d{1,20}$/.test(id))) return 'Give the numbers of assets, with commas between them.';
      return { kind: 'licenses', below, belowPercent, adamIds };
    }
  }
}

function scopeOf(form: RuleForm): NewRule['scope'] | string {
  switch (form.scope) {
    case 'all':
      return { kind: 'all' };
    case 'organization':
      return form.organizationId === null
        ? 'Choose the organization first.'
        : { kind: 'organization', organizationId: form.organizationId };
    case 'policy':
      return form.policyId === null ? 'Choose the policy first.' : { kind: 'policy', policyId: form.policyId };
    case 'token':
      return form.tokenId === null ? 'Choose the token first.' : { kind: 'token', tokenId: form.tokenId };
  }
}

/** `60, 30, 7` as numbers, each once, the largest first; null when something else stands there. */
export function daysOf(words: string): number[] | null {
  const numbers = words
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map((word) => wholeNumber(word, 1, 365));
  if (numbers.length === 0 || numbers.length > 20) return null;
  const days = numbers.filter((number) => number !== undefined);
  return days.length < numbers.length ? null : [...new Set(days)].sort((a, b) => b - a);
}

function wholeNumber(words: string, least: number, most: number): number | undefined {
  if (!/^\s*\d{1,9}\s*$/.test(words)) return undefined;
  const number = Number(words);
  return number >= least && number <= most ? number : undefined;
}

const text = (number: number | null) => (number === null ? '' : String(number));
