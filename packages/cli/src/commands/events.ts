import { type Event, routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../action.ts';
import { findOrganization, findPolicy } from '../find/find-policy.ts';
import { findToken } from '../find/find-token.ts';
import { followEvents } from '../follow/follow-events.ts';
import { type EventFilter, readNewestEvents } from '../follow/read-events.ts';
import { readLimit } from '../input/read-limit.ts';
import { copyToOutput } from '../output/copy-to-output.ts';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { eventLines } from '../show/events.ts';
import { jsonText } from '../terminal/printable.ts';
import { readSince } from '../words/since.ts';

interface Options {
  receiverType?: Event['receiverType'];
  level?: Event['level'];
  token?: string;
  policy?: string;
  organization?: string;
  text?: string;
  since?: string;
  limit: number;
  follow?: boolean;
  csv?: boolean;
}

export function eventsCommand(app: App): Command {
  return new Command('events')
    .description('the event log, the newest last')
    .addOption(
      new Option('--receiver-type <type>', 'only about such a receiver').choices([
        'vpp-token',
        'policy',
        'organization',
        'person',
        'system',
      ]),
    )
    .addOption(new Option('--level <level>', 'only of this level').choices(['error', 'warning', 'info']))
    .option('--token <token>', 'only about this token')
    .option('--policy <policy>', 'only about this policy')
    .option('--organization <name>', 'only of this organization')
    .option('--text <text>', 'found in the text, the receiver, or Apple’s words and number')
    .option('--since <time>', '30m, 24h, 7d, 2w, a day like 2026-11-01, or an instant')
    .addOption(new Option('--limit <number>', 'the newest so many').default(50).argParser(readLimit))
    .option('--follow', 'go on with every new event until interrupted; with --json one document per line')
    .option('--csv', 'as CSV, all that match')
    .action(
      action(app, async (session, options: Options) => {
        const filter = await readFilter(session, options);
        if (options.csv) {
          if (options.follow || session.options.json)
            throw refusal('usage.csv', '--csv goes with neither --follow nor --json.', 'Choose one of them.');
          await copyToOutput(session, await session.open(routes.exportEvents, { query: filter }));
          return;
        }
        const page = await readNewestEvents(session, filter, options.limit);
        const { terminal } = session.context;
        if (!options.follow) {
          session.answer(page, () =>
            page.events.length === 0
              ? [`No such events. Events are kept ${page.keptDays} days.`]
              : page.events.toReversed().flatMap((event) => eventLines(event, terminal)),
          );
          return;
        }
        const tell = (event: Event) => {
          if (session.options.json) terminal.out(jsonText(event, 0));
          else for (const line of eventLines(event, terminal)) terminal.out(line);
        };
        page.events.toReversed().forEach(tell);
        await followEvents(session, filter, page.events, tell);
      }),
    );
}

async function readFilter(session: Session, options: Options): Promise<EventFilter> {
  const since = options.since === undefined ? undefined : readSince(options.since, session.context.now());
  return {
    ...(options.receiverType && { receiverType: options.receiverType }),
    ...(options.level && { level: options.level }),
    ...(options.token && { tokenId: (await findToken(session, options.token)).tokenId }),
    ...(options.policy && { policyId: (await findPolicy(session, options.policy)).policy.id }),
    ...(options.organization && { organizationId: (await findOrganization(session, options.organization)).id }),
    ...(options.text && { q: options.text }),
    ...(since && { from: since }),
  };
}
