import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { findToken } from '../find-token.ts';
import { holdingLines } from '../show/licenses.ts';

export function licensesHolderCommand(app: App): Command {
  return new Command('holder')
    .description('what a device or a user holds, in all locations')
    .argument('<serial>', 'the whole serial number, or the clientUserId of a user')
    .option('--location <location>', 'only there')
    .action(
      action(app, async (session, holder: string, options: { location?: string }) => {
        const uId = options.location === undefined ? undefined : (await findToken(session, options.location)).uId;
        const answer = await session.call(routes.listHoldings, { query: { holder, ...(uId && { uId }) } });
        const { terminal, now } = session.context;
        session.answer(answer, () => holdingLines(answer.holdings, { terminal, now: now() }, holder));
      }),
    );
}
