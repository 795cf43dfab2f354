import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { answerCsv } from '../../output/answer-csv.ts';
import { holdingLines } from '../../show/licenses.ts';

export function licensesHolderCommand(app: App): Command {
  return new Command('holder')
    .description('what a device or a user holds, in all locations')
    .argument('<serial>', 'the whole serial number, or the clientUserId of a user')
    .option('--location <location>', 'only there')
    .option('--csv', 'as CSV')
    .action(
      action(app, async (session, holder: string, options: { location?: string; csv?: boolean }) => {
        const uId = options.location === undefined ? undefined : (await findToken(session, options.location)).uId;
        const query = { holder, ...(uId && { uId }) };
        if (options.csv) {
          await answerCsv(session, () => session.open(routes.exportHoldings, { query }));
          return;
        }
        const answer = await session.call(routes.listHoldings, { query });
        const { terminal, now } = session.context;
        session.answer(answer, () => holdingLines(answer.holdings, { terminal, now: now() }, holder));
      }),
    );
}
