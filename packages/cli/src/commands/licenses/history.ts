import { routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { answerCsv } from '../../output/answer-csv.ts';
import { refusal } from '../../refusal.ts';
import { historyLines } from '../../show/licenses.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

interface Options {
  pricing: string;
  from?: string;
  to?: string;
  asOf?: string;
  csv?: boolean;
}

export function licensesHistoryCommand(app: App): Command {
  return new Command('history')
    .description('counts of an asset over time, or on a past day')
    .argument('<location>', TOKEN_ARGUMENT)
    .argument('<adamId>', 'the asset’s number')
    .addOption(new Option('--pricing <param>', 'of a book owned in two qualities').default('STDQ'))
    .option('--from <day>', 'since this day, like 2026-11-01', readDay)
    .option('--to <day>', 'until this day', readDay)
    .option('--as-of <day>', 'what was so on that day', readDay)
    .option('--csv', 'as CSV')
    .action(
      action(app, async (session, location: string, adamId: string, options: Options) => {
        const { uId } = await findToken(session, location);
        const params = { uId, adamId, pricingParam: options.pricing };
        const { terminal } = session.context;
        if (options.asOf !== undefined) {
          if (options.csv) throw refusal('usage.csv', '--csv does not go with --as-of.', 'Choose one of them.');
          const { asOf } = await session.call(routes.getAsset, { params, query: { asOf: options.asOf } });
          session.answer({ asOf }, () =>
            asOf === null ? historyLines([], { terminal }) : historyLines([asOf], { terminal }).slice(0, 2),
          );
          return;
        }
        const query = { ...(options.from && { from: options.from }), ...(options.to && { to: options.to }) };
        if (options.csv) {
          await answerCsv(session, () => session.open(routes.exportAssetHistory, { params, query }));
          return;
        }
        const answer = await session.call(routes.getAssetHistory, { params, query });
        session.answer(answer, () => historyLines(answer.days, { terminal }));
      }),
    );
}

function readDay(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw refusal('usage.day', `“${text}” is not a day.`, 'Write it like 2026-11-01.');
}
