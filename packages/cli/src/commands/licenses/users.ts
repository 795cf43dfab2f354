import { routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { readPages } from '../../find/read-pages.ts';
import { readLimit } from '../../input/read-limit.ts';
import { copyToOutput } from '../../output/copy-to-output.ts';
import { refusal } from '../../refusal.ts';
import { userLines } from '../../show/users.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

interface Options {
  search?: string;
  status?: string;
  holding?: boolean;
  limit: number;
  csv?: boolean;
}

export function licensesUsersCommand(app: App): Command {
  return new Command('users')
    .description('the people of a location who can hold licenses, and how many each holds')
    .argument('<location>', TOKEN_ARGUMENT)
    .option('--search <text>', 'clientUserId or mail address begins so')
    .option('--status <status>', 'Registered, Associated, Retired or Deleted, as Apple writes it')
    .option('--holding', 'only those who hold a license')
    .addOption(new Option('--limit <number>', 'at most so many').default(200).argParser(readLimit))
    .option('--csv', 'as CSV, all that match, streamed')
    .action(
      action(app, async (session, location: string, { search, status, holding, limit, csv }: Options) => {
        if (csv && session.options.json)
          throw refusal('usage.csv', '--csv does not go with --json.', 'Choose one of them.');
        const { uId } = await findToken(session, location);
        const params = { uId };
        const filter = {
          ...(search && { q: search }),
          ...(status && { status }),
          ...(holding && { holding: 'true' as const }),
        };
        if (csv) {
          await copyToOutput(session, await session.open(routes.exportUsers, { params, query: filter }));
          return;
        }
        let known: { readAt: string | null; total: number; byStatus: { status: string; users: number }[] } = {
          readAt: null,
          total: 0,
          byStatus: [],
        };
        const { rows: users, more } = await readPages(limit, async (page) => {
          const answer = await session.call(routes.listUsers, { params, query: { ...filter, ...page } });
          known = { readAt: answer.readAt, total: answer.total, byStatus: answer.byStatus };
          return { rows: answer.users, nextCursor: answer.nextCursor };
        });
        const { terminal, now } = session.context;
        session.answer({ uId, ...known, users, more }, () =>
          userLines(users, { terminal, now: now(), ...known, more }),
        );
      }),
    );
}
