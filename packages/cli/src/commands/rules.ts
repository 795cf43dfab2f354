import { type Rule, routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { findNamed } from '../find/find-named.ts';
import { type RuleOptions, readCondition, readScope, readTelling, withRuleOptions } from '../input/rule-options.ts';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { ruleLines } from '../show/rules.ts';

const RULE = 'its name or id, as winesap rules list shows them';
const QUIETLY = { channelIds: [], urgent: false, repeatHours: null, escalation: null };

export function rulesCommand(app: App): Command {
  return new Command('rules')
    .description('what is worth telling, of which tokens, over which channels')
    .addCommand(listCommand(app))
    .addCommand(addCommand(app))
    .addCommand(editCommand(app))
    .addCommand(removeCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list').description('all rules').action(
    action(app, async (session) => {
      const answer = await session.call(routes.listRules, {});
      const { channels } = await session.call(routes.listChannels, {});
      session.answer(answer, () => ruleLines(answer.rules, channels, session.context.terminal));
    }),
  );
}

function addCommand(app: App): Command {
  const command = new Command('add')
    .description('add a rule with one condition; what is already true is notified at once')
    .argument('<name>', 'what people call it');
  return withRuleOptions(command).action(
    action(app, async (session, name: string, options: RuleOptions) => {
      const condition = readCondition(options);
      if (condition === null)
        throw refusal('usage.condition', 'What should the rule watch?', 'Name a condition, like --expires 30,7,1.');
      const scope = (await readScope(session, options)) ?? { kind: 'all' as const };
      const telling = await readTelling(session, options, { scope, condition, ...QUIETLY });
      const { id } = await session.call(routes.addRule, { body: { name, scope, condition, ...telling } });
      const nobody = telling.channelIds.length === 0 ? ' It tells no channel yet: winesap rules edit … --tell' : '';
      session.answer({ id }, () => [`Added ${name}.${nobody}`]);
    }),
  );
}

function editCommand(app: App): Command {
  const command = new Command('edit')
    .description('change a rule; what is not named stays')
    .argument('<rule>', RULE)
    .option('--name <name>', 'another name')
    .option('--on', 'switch it on')
    .option('--off', 'switch it off');
  return withRuleOptions(command).action(
    action(app, async (session, meant: string, options: RuleOptions & { name?: string; on?: true; off?: true }) => {
      if (options.on && options.off) throw refusal('usage.rule', 'On or off?', 'Choose one of them.');
      const rule = await find(session, meant);
      const condition = readCondition(options) ?? rule.condition;
      const scope = (await readScope(session, options)) ?? rule.scope;
      const telling = await readTelling(session, options, { ...rule, condition, scope });
      const name = options.name ?? rule.name;
      const enabled = options.on ?? (options.off ? false : rule.enabled);
      const body = { name, enabled, scope, condition, ...telling };
      await session.call(routes.changeRule, { params: { ruleId: rule.id }, body });
      session.answer({ id: rule.id, changed: true }, () => [`${name} is changed.`]);
    }),
  );
}

function removeCommand(app: App): Command {
  return new Command('remove')
    .description('remove a rule and its alerts')
    .argument('<rule>', RULE)
    .action(
      action(app, async (session, meant: string) => {
        const { id, name } = await find(session, meant);
        await session.call(routes.removeRule, { params: { ruleId: id } });
        session.answer({ id, removed: true }, () => [`${name} is removed.`]);
      }),
    );
}

async function find(session: Session, meant: string): Promise<Rule> {
  const { rules } = await session.callRaw(routes.listRules, {});
  return findNamed('rule', rules, meant);
}
