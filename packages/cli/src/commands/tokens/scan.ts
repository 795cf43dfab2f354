import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { followScan, scanFailed } from '../../follow/follow-scan.ts';
import { scanLines } from '../../show/scan.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensScanCommand(app: App): Command {
  return new Command('scan')
    .description('Scan Now: check the token, then read its location from Apple again')
    .argument('<token>', TOKEN_ARGUMENT)
    .option('--no-wait', 'do not wait for the scan to end')
    .action(
      action(app, async (session, meant: string, options: { wait: boolean }) => {
        const row = await findToken(session, meant);
        const started = await session.call(routes.scanToken, { params: { tokenId: row.tokenId } });
        if (!options.wait) {
          session.answer(started, () => [
            'The scan goes on in the background. winesap tokens show tells how it ended.',
          ]);
          return;
        }
        const scan = await followScan(session, started);
        if (scan.state === 'failed') throw scanFailed(scan);
        session.answer(scan, () => scanLines(scan));
      }),
    );
}
