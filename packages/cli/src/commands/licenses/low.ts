import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findOrganization } from '../../find/find-policy.ts';
import { readPages } from '../../find/read-pages.ts';
import { answerCsv } from '../../output/answer-csv.ts';
import { refusal } from '../../refusal.ts';
import { assetLines } from '../../show/licenses.ts';

/** The list is cut here, because longer ones aren't read to the end. */
const MOST = 10_000;

interface Options {
  organization?: string;
  csv?: boolean;
  exitCode?: boolean;
}

export function licensesLowCommand(app: App): Command {
  return new Command('low')
    .description('assets that are low on licenses, in all locations')
    .option('--organization <name>', 'only of this organization')
    .option('--csv', 'as CSV, all of them, streamed')
    .option('--exit-code', 'for monitoring: exit with 0 none, 1 some')
    .action(
      action(app, async (session, options: Options) => {
        const organizationId =
          options.organization === undefined ? undefined : (await findOrganization(session, options.organization)).id;
        const filter = { low: 'true' as const, ...(organizationId && { organizationId }) };
        if (options.csv) {
          if (options.exitCode)
            throw refusal('usage.csv', '--csv does not go with --exit-code.', 'Choose one of them.');
          await answerCsv(session, () => session.open(routes.exportFoundAssets, { query: filter }));
          return;
        }
        const { rows, more } = await readPages(MOST, async (page) => {
          const answer = await session.call(routes.findAssets, { query: { ...filter, ...page } });
          return { rows: answer.assets, nextCursor: answer.nextCursor };
        });
        const { terminal, now } = session.context;
        session.answer({ assets: rows, more }, () =>
          rows.length === 0
            ? ['No asset is low on licenses.']
            : assetLines(rows, { terminal, now: now(), totals: null, more }),
        );
        if (options.exitCode) return rows.length === 0 ? 0 : 1;
      }),
    );
}
