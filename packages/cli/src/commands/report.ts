import { routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../action.ts';
import { findOrganization } from '../find/find-policy.ts';
import { refusal } from '../refusal.ts';
import { reportLines } from '../show/report.ts';

export function reportCommand(app: App): Command {
  return new Command('report')
    .description('what expires, what is broken and why, what is low on licenses, what changed')
    .option('--organization <name>', 'only of this organization')
    .addOption(new Option('--days <days>', 'how far back changes are listed').default(7).argParser(readDays))
    .action(
      action(app, async (session, { organization, days }: { organization?: string; days: number }) => {
        const scope =
          organization === undefined ? {} : { organizationId: (await findOrganization(session, organization)).id };
        const report = await session.call(routes.getReport, { query: { days, ...scope } });
        session.answer(report, () => reportLines(report, session.context.terminal));
      }),
    );
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 90) return days;
  throw refusal('usage.days', `“${text}” is not a number of days.`, 'Give a whole number from 1 to 90.');
}
