import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { ExitCode } from '../../exit-code.ts';
import { findToken } from '../../find/find-token.ts';
import { readTokenFile } from '../../input/token-file-input.ts';
import { previewRenewal } from '../../renewal/preview-renewal.ts';
import { previewLines } from '../../show/preview.ts';
import { FILE_ARGUMENT, TOKEN_ARGUMENT } from '../arguments.ts';

export function tokensPreviewCommand(app: App): Command {
  return new Command('preview')
    .description('what renewing with this file would do; nothing is stored (exit code 1: it would be refused)')
    .argument('<token>', TOKEN_ARGUMENT)
    .argument('<file>', FILE_ARGUMENT)
    .action(
      action(app, async (session, meant: string, path: string) => {
        const file = await readTokenFile(path, session.context.stdin);
        const { tokenId } = await findToken(session, meant);
        const preview = await previewRenewal(session, tokenId, file);
        const { terminal, now } = session.context;
        session.answer(preview, () => previewLines(preview, { terminal, now: now() }));
        return preview.verdict === 'ready' ? ExitCode.done : ExitCode.refused;
      }),
    );
}
