import { routes } from '@winesap/api';
import { plural } from '@winesap/api/words';
import { Command, Option } from 'commander';
import { type App, action } from '../action.ts';
import { findOrganization } from '../find/find-policy.ts';
import { findToken } from '../find/find-token.ts';
import { answerCsv } from '../output/answer-csv.ts';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { alertLines } from '../show/alerts.ts';

const STATES = ['open', 'acknowledged', 'resolved'] as const;

interface Filter {
  organization?: string;
  token?: string;
}

interface ListOptions extends Filter {
  state: (typeof STATES)[number];
  limit: number;
  csv?: boolean;
}

export function alertsCommand(app: App): Command {
  return new Command('alerts')
    .description('alerts of the rules, and who acknowledged them')
    .addCommand(listCommand(app))
    .addCommand(ackCommand(app))
    .addCommand(unackCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list')
    .description('alerts, the newest first; without --state those that are open')
    .addOption(new Option('--state <state>', 'only in this state').choices(STATES).default('open', 'open'))
    .option('--organization <name>', 'only of this organization')
    .option('--token <token>', 'only about this token')
    .addOption(new Option('--limit <number>', 'at most so many').default(50).argParser(readLimit))
    .option('--csv', 'as CSV, all that match')
    .action(
      action(app, async (session, options: ListOptions) => {
        const { state, limit } = options;
        const filter = { state, ...(await readFilter(session, options)) };
        if (options.csv) {
          await answerCsv(session, () => session.open(routes.exportAlerts, { query: filter }));
          return;
        }
        const page = await session.call(routes.listAlerts, { query: { ...filter, limit } });
        const { terminal, now } = session.context;
        session.answer(page, () => alertLines(page, state, { terminal, now: now() }));
      }),
    );
}

function ackCommand(app: App): Command {
  return new Command('ack')
    .description('say that you have taken alerts up: they are neither repeated nor escalated any more')
    .argument('[alert-id...]', 'as winesap alerts list shows them')
    .option('--all', 'every open alert, of the organization or token if one is named')
    .option('--organization <name>', 'with --all: only of this organization')
    .option('--token <token>', 'with --all: only about this token')
    .action(
      action(app, async (session, ids: string[], options: Filter & { all?: boolean }) => {
        const named = options.organization !== undefined || options.token !== undefined;
        if (ids.length > 0 === (options.all === true) || (named && options.all !== true))
          throw refusal(
            'usage.ack',
            'Which alerts?',
            'Give their ids, or --all, with --organization or --token if you like.',
          );
        const acknowledged = options.all
          ? (await session.call(routes.acknowledgeAlerts, { body: await readFilter(session, options) })).acknowledged
          : ids.length;
        for (const alertId of ids) await session.call(routes.acknowledgeAlert, { params: { alertId } });
        session.answer({ acknowledged }, () => [`${plural(acknowledged, 'alert')} acknowledged.`]);
      }),
    );
}

function unackCommand(app: App): Command {
  return new Command('unack')
    .description('take an acknowledgement back: the alert is open again')
    .argument('<alert-id...>', 'as winesap alerts list --state acknowledged shows them')
    .action(
      action(app, async (session, ids: string[]) => {
        for (const alertId of ids) await session.call(routes.unacknowledgeAlert, { params: { alertId } });
        session.answer({ reopened: ids.length }, () => [`${plural(ids.length, 'alert')} open again.`]);
      }),
    );
}

async function readFilter(session: Session, { organization, token }: Filter) {
  return {
    ...(organization !== undefined && { organizationId: (await findOrganization(session, organization)).id }),
    ...(token !== undefined && { tokenId: (await findToken(session, token)).tokenId }),
  };
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 500) return limit;
  throw refusal('usage.limit', `“${text}” is not a number of rows.`, 'Give a whole number from 1 to 500.');
}
