import type { Channel, Rule } from '@winesap/api';
import { conditionWords, notifiesWords, repetitionWords, scopeWords } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { indented } from './indented.ts';

/** Shows every rule in words: condition, scope, and recipients. */
export function ruleLines(
  rules: readonly Rule[],
  channels: readonly Channel[],
  { style, width }: { style: Style; width: number },
): string[] {
  if (rules.length === 0) return ['No rules. Add one: winesap rules add NAME --expires 30,7,1 --tell CHANNEL'];
  const names = new Map(channels.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return rules.flatMap((rule) => [
    `${style.bold(rule.name)}${rule.enabled ? '' : ' · off'}${rule.open > 0 ? ` · ${rule.open} open` : ''}`,
    ...indented(`When ${conditionWords(rule.condition)}.`, width),
    ...indented(
      [`Watches ${scopeWords(rule)}`, notifiesWords(rule, nameOf), ...repetitionWords(rule, nameOf)].join(' · '),
      width,
    ),
    `  ${style.grey(rule.id)}`,
  ]);
}
