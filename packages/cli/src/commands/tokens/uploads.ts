import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { ExitCode } from '../../exit-code.ts';
import { findToken } from '../../find/find-token.ts';
import { renewalRefusal } from '../../renewal/renewal-refusal.ts';
import { tellSaved } from '../../renewal/tell-saved.ts';
import { waitingUploads } from '../../renewal/waiting-uploads.ts';
import { confirm } from '../../session/confirm.ts';
import { previewLines } from '../../show/preview.ts';
import { waitingLines } from '../../show/uploads.ts';
import { TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensUploadsCommand(app: App): Command {
  return new Command('uploads')
    .description('files that customers have uploaded: list, confirm or decline them')
    .addCommand(listCommand(app))
    .addCommand(confirmCommand(app))
    .addCommand(declineCommand(app));
}

function listCommand(app: App): Command {
  return new Command('list')
    .description('files that wait to be confirmed')
    .argument('[token]', TOKEN_ARGUMENT)
    .action(
      action(app, async (session, meant: string | undefined) => {
        const tokens =
          meant === undefined ? (await session.call(routes.listTokens, {})).tokens : [await findToken(session, meant)];
        const waiting = await waitingUploads(session, tokens);
        const { terminal, now } = session.context;
        session.answer({ waiting: waiting.map(({ upload }) => upload) }, () =>
          waitingLines(waiting, { terminal, now: now() }),
        );
      }),
    );
}

interface ConfirmOptions {
  yes?: boolean;
  acceptOlder?: boolean;
  wait: boolean;
}

function confirmCommand(app: App): Command {
  return new Command('confirm')
    .description('renew with an uploaded file: shows old and new, asks, renews, waits for the scan')
    .argument('<upload-id>', 'as winesap tokens uploads list shows it')
    .option('--yes', 'do not ask')
    .option('--accept-older', 'also when the new file expires earlier than the stored one')
    .option('--no-wait', 'do not wait for the scan that follows')
    .action(
      action(app, async (session, uploadId: string, options: ConfirmOptions) => {
        const preview = await session.call(routes.previewUpload, { params: { uploadId } });
        const { terminal, now } = session.context;
        if (!session.options.json)
          for (const line of previewLines(preview, { terminal, now: now() })) terminal.out(line);
        const refused = renewalRefusal(preview, options.acceptOlder ?? false);
        if (refused !== null) {
          if (session.options.json) throw refused;
          return ExitCode.refused;
        }
        await confirm(session, 'Renew?', options);
        const saved = await session.call(routes.confirmUpload, {
          params: { uploadId },
          query: {
            tokenVersion: preview.tokenVersion,
            ...(options.acceptOlder && { acceptOlder: 'true' as const }),
          },
        });
        await tellSaved(session, saved, options.wait);
      }),
    );
}

function declineCommand(app: App): Command {
  return new Command('decline')
    .description('forget an uploaded file')
    .argument('<upload-id>', 'as winesap tokens uploads list shows it')
    .action(
      action(app, async (session, uploadId: string) => {
        await session.call(routes.declineUpload, { params: { uploadId } });
        session.answer({ id: uploadId, declined: true }, () => ['The file is forgotten.']);
      }),
    );
}
