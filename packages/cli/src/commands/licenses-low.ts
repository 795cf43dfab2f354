import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { findOrganization } from '../find-policy.ts';
import { readPages } from '../read-pages.ts';
import { assetLines } from '../show/licenses.ts';

/** A list that nobody reads to its end is cut here. */
const MOST = 10_000;

export function licensesLowCommand(app: App): Command {
  return new Command('low')
    .description('assets that run out of licenses, in all locations')
    .option('--organization <name>', 'only of this organization')
    .option('--exit-code', 'for monitoring: exit with 0 none, 1 some')
    .action(
      action(app, async (session, options: { organization?: string; exitCode?: boolean }) => {
        const organizationId =
          options.organization === undefined ? undefined : (await findOrganization(session, options.organization)).id;
        const { rows, more } = await readPages(MOST, async (page) => {
          const query = { low: 'true' as const, ...(organizationId && { organizationId }), ...page };
          const answer = await session.call(routes.findAssets, { query });
          return { rows: answer.assets, nextCursor: answer.nextCursor };
        });
        const { terminal, now } = session.context;
        session.answer({ assets: rows, more }, () =>
          rows.length === 0
            ? ['No asset runs out of licenses.']
            : assetLines(rows, { terminal, now: now(), totals: null, more }),
        );
        if (options.exitCode) return rows.length === 0 ? 0 : 1;
      }),
    );
}
