import { type HolderKind, routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { copyToOutput } from '../../output/copy-to-output.ts';
import { refusal } from '../../refusal.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function licensesExportCommand(app: App): Command {
  return new Command('export')
    .description('every assignment of a location as CSV, streamed: one reading from beginning to end')
    .argument('<location>', TOKEN_ARGUMENT)
    .addOption(new Option('--kind <kind>', 'only devices or users').choices(['device', 'user']))
    .action(
      action(app, async (session, location: string, { kind }: { kind?: HolderKind }) => {
        if (session.options.json)
          throw refusal('usage.csv', 'An export is CSV, not JSON.', 'Leave --json away; licenses --asset knows it.');
        const { uId } = await findToken(session, location);
        await copyToOutput(
          session,
          await session.open(routes.exportAssignments, { params: { uId }, query: { ...(kind && { kind }) } }),
        );
      }),
    );
}
