import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { sameName } from '../../find/same-name.ts';
import { refusal } from '../../refusal.ts';
import { canAsk, declined } from '../../session/confirm.ts';
import type { Session } from '../../session/session.ts';
import { removalLines } from '../../show/removal.ts';
import { printable } from '../../terminal/printable.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

interface Options {
  confirm?: string;
  releaseClaim?: boolean;
}

export function tokensRemoveCommand(app: App): Command {
  return new Command('remove')
    .description(
      'Remove Token: tells what will not and what will happen, asks for the location’s name, forgets the token',
    )
    .argument('<token>', TOKEN_ARGUMENT)
    .option('--confirm <name>', 'the location’s name, to confirm without being asked')
    .option('--release-claim', 'also give up our claim at Apple')
    .action(
      action(app, async (session, meant: string, options: Options) => {
        const { tokenId } = await findToken(session, meant);
        const preview = await session.callRaw(routes.previewRemoval, { params: { tokenId } });
        const { terminal, now } = session.context;
        if (!session.options.json)
          for (const line of removalLines(preview, {
            now: now(),
            style: terminal.style,
            release: options.releaseClaim === true,
          }))
            terminal.out(line);
        await confirmName(session, preview.locationName, options.confirm);
        const result = await session.call(routes.removeToken, {
          params: { tokenId },
          body: { locationName: preview.locationName, releaseClaim: options.releaseClaim ?? false },
        });
        session.answer(result, () => [result.text]);
      }),
    );
}

/** Errors: usage.confirmation-needed, removal.name-differs, not-confirmed. */
async function confirmName(session: Session, name: string, given: string | undefined): Promise<void> {
  if (given === undefined && !canAsk(session))
    throw refusal(
      'usage.confirmation-needed',
      'Nothing was changed: removing needs the location’s name, and there is nobody to ask.',
      'Repeat the command with --confirm and the name of the location.',
    );
  const typed =
    given ??
    (await session.context.terminal.ask('Type the location’s name to remove its token: ', session.context.signal));
  if (typed.trim() === '') throw declined();
  if (!sameName(typed, printable(name)))
    throw refusal('removal.name-differs', `The location is called “${printable(name)}”.`, 'Nothing was changed.');
}
