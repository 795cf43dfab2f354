import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { tokenLines } from '../../show/token.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensShowCommand(app: App): Command {
  return new Command('show')
    .description('one token: whether it works, why not, what to do, and who it is')
    .argument('<token>', TOKEN_ARGUMENT)
    .action(
      action(app, async (session, meant: string) => {
        const { tokenId } = await findToken(session, meant);
        const token = await session.call(routes.getToken, { params: { tokenId } });
        const { terminal, now } = session.context;
        session.answer(token, () => tokenLines(token, { terminal, now: now() }));
      }),
    );
}
