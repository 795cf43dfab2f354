import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { monitoringCode } from '../../exit-code.ts';
import { findToken } from '../../find/find-token.ts';
import { healthLines } from '../../show/token.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensCheckCommand(app: App): Command {
  return new Command('check')
    .description('Check now: ask Apple whether the token works, in whatever state it is')
    .argument('<token>', TOKEN_ARGUMENT)
    .option('--exit-code', 'for monitoring: exit with 0 ok, 1 soon, 2 broken, 3 unknown or could not ask')
    .action(
      action(app, async (session, meant: string, options: { exitCode?: boolean }) => {
        const { tokenId } = await findToken(session, meant);
        const token = await session.call(routes.checkToken, { params: { tokenId } });
        const { terminal, now } = session.context;
        session.answer(token, () => [
          terminal.style.bold(token.identity.locationName ?? token.identity.uId),
          ...healthLines(token, { terminal, now: now() }),
        ]);
        if (options.exitCode) return monitoringCode([token.health.severity]);
      }),
    );
}
