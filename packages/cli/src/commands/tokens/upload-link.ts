import { routes } from '@winesap/api';
import { shortDate } from '@winesap/api/words';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { findToken } from '../../find/find-token.ts';
import { refusal } from '../../refusal.ts';
import { urlOfWinesap } from '../../session/connection.ts';
import { linkLines } from '../../show/uploads.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

interface Options {
  days?: string;
  autoConfirm?: boolean;
  list?: boolean;
  revoke?: string;
}

export function tokensUploadLinkCommand(app: App): Command {
  return new Command('upload-link')
    .description('an address for the customer who alone can download the file: what they drop there renews the token')
    .argument('<token>', TOKEN_ARGUMENT)
    .option('--days <days>', 'how long the link holds, 1 to 60 (14)')
    .option('--auto-confirm', 'a file of the same location renews at once, without waiting for you')
    .option('--list', 'make none, list those there are')
    .option('--revoke <link-id>', 'make none, end this one')
    .action(
      action(app, async (session, meant: string, options: Options) => {
        const { list, revoke, autoConfirm = false } = options;
        const making = options.days !== undefined || autoConfirm;
        if (Number(list ?? false) + Number(revoke !== undefined) + Number(making) > 1)
          throw refusal(
            'usage.upload-link',
            'These options do not go together.',
            'Make a link, or --list, or --revoke one.',
          );
        const days = readDays(options.days);
        const { tokenId, locationName } = await findToken(session, meant);
        const { terminal, now, env } = session.context;
        if (list) {
          const { links } = await session.call(routes.listUploads, { params: { tokenId } });
          session.answer({ links }, () => linkLines(links, { terminal, now: now() }));
          return;
        }
        if (revoke !== undefined) {
          await session.call(routes.revokeUploadLink, { params: { tokenId, linkId: revoke } });
          session.answer({ id: revoke, revoked: true }, () => ['The link is ended.']);
          return;
        }
        const { link, path } = await session.call(routes.addUploadLink, {
          params: { tokenId },
          body: { days, autoConfirm },
        });
        const url = urlOfWinesap(session.options, env) + path;
        session.say(
          `Send this address to the one who downloads the token of ${locationName}. It is shown this once, and holds until ${shortDate(link.expiresAt)}.`,
        );
        session.answer({ link, url }, () => [url]);
      }),
    );
}

function readDays(text: string | undefined): number {
  if (text === undefined) return 14;
  if (/^[1-9]\d?$/.test(text) && Number(text) <= 60) return Number(text);
  throw refusal('usage.days', `“${text}” is not a number of days.`, 'Give a whole number from 1 to 60.');
}
