import { type HolderKind, type Release, routes } from '@winesap/api';
import { Command, Option } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { pauseFor } from '../../pause.ts';
import { refusal } from '../../refusal.ts';
import { canAsk, declined } from '../../session/confirm.ts';
import { patiently } from '../../session/connection.ts';
import type { Session } from '../../session/session.ts';
import { releaseLines } from '../../show/licenses.ts';
import { printable } from '../../terminal/printable.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

interface Options {
  pricing: string;
  user?: boolean;
  confirm?: string;
  wait: boolean;
}

const LOOK_EVERY_MS = 1_000;
const AWAY_AT_MOST_MS = 60_000;

export function licensesReleaseCommand(app: App): Command {
  return new Command('release')
    .description('take one license back from the device or user that holds it; asks for the holder once more')
    .argument('<location>', TOKEN_ARGUMENT)
    .argument('<adamId>', 'the asset’s number')
    .argument('<holder>', 'the serial number; with --user the clientUserId')
    .addOption(new Option('--pricing <param>', 'of a book owned in two qualities').default('STDQ'))
    .option('--user', 'a user holds it')
    .option('--confirm <holder>', 'the holder once more, to confirm without being asked')
    .option('--no-wait', 'do not wait for its end')
    .action(
      action(app, async (session, location: string, adamId: string, typed: string, options: Options) => {
        const { uId, locationName } = await findToken(session, location);
        const params = { uId, adamId, pricingParam: options.pricing };
        const kind: HolderKind = options.user ? 'user' : 'device';
        const holder = await spelledAsHeld(session, params, kind, typed);
        const confirm = await confirmHolder(session, { adamId, holder, locationName }, options.confirm);
        const asked = await session.call(routes.requestRelease, { params, body: { kind, holder, confirm } });
        const release = options.wait ? await follow(session, asked) : asked;
        if (release.state === 'failed')
          throw refusal(
            release.failure?.code ?? 'release.failed',
            release.text,
            release.failure?.apple ? `Apple said: ${release.failure.apple.line}` : '',
            { releaseId: release.id },
          );
        session.answer(release, () => releaseLines(release));
      }),
    );
}

/** Finds serial numbers in either case and sends the stored spelling. */
async function spelledAsHeld(
  session: Session,
  params: { uId: string; adamId: string; pricingParam: string },
  kind: HolderKind,
  typed: string,
): Promise<string> {
  const { holders } = await session.callRaw(routes.listHolders, { params, query: { q: typed, kind, limit: 10 } });
  return holders.find(({ holder }) => holder.toLowerCase() === typed.toLowerCase())?.holder ?? typed;
}

/** Errors: usage.confirmation-needed, not-confirmed. */
async function confirmHolder(
  session: Session,
  what: { adamId: string; holder: string; locationName: string },
  given: string | undefined,
): Promise<string> {
  if (given !== undefined) return given.toLowerCase() === what.holder.toLowerCase() ? what.holder : given;
  if (!canAsk(session))
    throw refusal(
      'usage.confirmation-needed',
      'Nothing was sent: releasing needs the holder once more, and there is nobody to ask.',
      'Repeat the command with --confirm and the serial number.',
    );
  session.say(
    `Takes the license of ${printable(what.adamId)} at ${printable(what.locationName)} back from ${printable(what.holder)}. The app stays on the device, without a license; nothing else changes.`,
  );
  const typed = await session.context.terminal.ask('Type the holder to release its license: ', session.context.signal);
  if (typed.trim() === '') throw declined();
  return typed.trim().toLowerCase() === what.holder.toLowerCase() ? what.holder : typed.trim();
}

/** Watches it to its end. It continues on the server, watched or not. */
async function follow(session: Session, start: Release): Promise<Release> {
  let release = start;
  while (release.state !== 'done' && release.state !== 'failed') {
    session.context.terminal.progress(session.options.json ? null : release.text);
    await pauseFor(LOOK_EVERY_MS, session.context.signal);
    release = await patiently(session.context, AWAY_AT_MOST_MS, () =>
      session.call(routes.getRelease, { params: { releaseId: release.id } }),
    );
  }
  session.context.terminal.progress(null);
  return release;
}
