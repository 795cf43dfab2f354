import { type Mode, routes } from '@winesap/api';
import { Argument, Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { confirm } from '../../session/confirm.ts';
import { healthLines } from '../../show/token.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensModeCommand(app: App): Command {
  return new Command('mode')
    .description('only watch a location, or manage it; also the answer to “claimed elsewhere”')
    .argument('<token>', TOKEN_ARGUMENT)
    .addArgument(
      new Argument('<mode>', 'watch: accept the current holder of the claim; manage: set our claim').choices([
        'watch',
        'manage',
      ]),
    )
    .option('--take-over-from <claim-id>', 'knowingly take the claim from this other server')
    .option('--yes', 'do not ask')
    .action(
      action(app, async (session, meant: string, mode: Mode, options: { takeOverFrom?: string; yes?: boolean }) => {
        const row = await findToken(session, meant);
        const asked = await session.call(routes.getToken, { params: { tokenId: row.tokenId } });
        const { claim } = asked.identity;
        const { terminal, now } = session.context;
        session.say(
          `${asked.identity.locationName ?? asked.identity.uId} is managed by ${claim.words}${claim.state === 'foreign' ? ` (claim id ${claim.id})` : ''}.`,
        );
        await confirm(session, mode === 'watch' ? 'Only watch it?' : 'Set our claim and manage it?', options);
        const token = await session.call(routes.changeMode, {
          params: { tokenId: row.tokenId },
          body: { mode, takeOverFrom: options.takeOverFrom },
        });
        session.answer(token, () => [
          mode === 'watch' ? 'Winesap only watches this location now.' : 'Winesap manages this location now.',
          ...healthLines(token, { terminal, now: now() }),
        ]);
      }),
    );
}
