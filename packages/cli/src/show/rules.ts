import type { Channel, Rule } from '@winesap/api';
import type { Style } from '../terminal/style.ts';
import { plural } from '../words/time.ts';
import { indented } from './indented.ts';

/** Every rule in words: what, of what, to whom. */
export function ruleLines(
  rules: readonly Rule[],
  channels: readonly Channel[],
  { style, width }: { style: Style; width: number },
): string[] {
  if (rules.length === 0) return ['No rules. Add one: winesap rules add NAME --expires 30,7,1 --tell CHANNEL'];
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  const tell = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id).join(', ');
  return rules.flatMap((rule) => [
    `${style.bold(rule.name)}${rule.enabled ? '' : ' · off'}${rule.open > 0 ? ` · ${rule.open} open` : ''}`,
    ...indented(`${conditionWords(rule.condition)}, ${scopeWords(rule)}`, width),
    ...indented(
      [
        rule.channelIds.length === 0 ? 'tells nobody' : `tells ${tell(rule.channelIds)}`,
        ...(rule.urgent ? ['urgent'] : []),
        ...(rule.repeatHours === null ? [] : [`again every ${plural(rule.repeatHours, 'hour')}`]),
        ...(rule.escalation === null
          ? []
          : [`after ${plural(rule.escalation.afterHours, 'hour')} also ${tell(rule.escalation.channelIds)}`]),
      ].join(' · '),
      width,
    ),
    `  ${style.grey(rule.id)}`,
  ]);
}

function conditionWords(condition: Rule['condition']): string {
  switch (condition.kind) {
    case 'expiry':
      return `${condition.days.join(', ')} days before expiry`;
    case 'state':
      return [
        ...(condition.entered.length > 0 ? [`becomes ${condition.entered.join(', ')}`] : []),
        ...(condition.left.length > 0 ? [`is no longer ${condition.left.join(', ')}`] : []),
      ].join('; ');
    case 'scan':
      return `scans fail for ${plural(condition.hours, 'hour')}`;
    case 'licenses': {
      const { below, belowPercent, adamIds } = condition;
      const limits = [...(below === null ? [] : [`${below}`]), ...(belowPercent === null ? [] : [`${belowPercent} %`])];
      const of = adamIds.length === 0 ? 'an asset' : adamIds.join(', ');
      return limits.length === 0 ? `licenses of ${of} are low` : `licenses of ${of} below ${limits.join(' or ')}`;
    }
    case 'claim':
      return 'the claim changes';
    case 'notifications':
      return `no notification for ${plural(condition.hours, 'hour')}`;
    case 'assignments':
      return `${plural(condition.failed, 'assignment')} failed within ${plural(condition.hours, 'hour')}`;
  }
}

function scopeWords({ scope, scopeName, scopeGone }: Rule): string {
  if (scope.kind === 'all') return 'everywhere';
  return scopeGone ? `of a ${scope.kind} that is gone` : `${scope.kind} ${scopeName}`;
}
