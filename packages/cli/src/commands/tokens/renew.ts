import { routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../../action.ts';
import { ExitCode } from '../../exit-code.ts';
import { findToken } from '../../find/find-token.ts';
import { readRenewTargets } from '../../find/renew-targets.ts';
import { readTokenFile, type TokenFileInput } from '../../input/token-file-input.ts';
import { refusal } from '../../refusal.ts';
import { fileQuery, previewRenewal } from '../../renewal/preview-renewal.ts';
import { renewMany } from '../../renewal/renew-many.ts';
import { renewalRefusal } from '../../renewal/renewal-refusal.ts';
import { saveRenewal } from '../../renewal/save-renewal.ts';
import { tellSaved } from '../../renewal/tell-saved.ts';
import { confirm } from '../../session/confirm.ts';
import type { Session } from '../../session/session.ts';
import { previewLines } from '../../show/preview.ts';

interface Options {
  yes?: boolean;
  acceptOlder?: boolean;
  wait: boolean;
}

export function tokensRenewCommand(app: App): Command {
  return new Command('renew')
    .description(
      'put a fresh file in the place of the old one: shows old and new, asks, renews, waits for the scan; or many at once',
    )
    .usage('[options] [token] <file>, or <files...>')
    .argument('<token-or-files...>', 'a token and its file, or files only: each says itself which token it renews')
    .option('--yes', 'do not ask')
    .option('--accept-older', 'also when the new file expires earlier than the stored one')
    .option('--no-wait', 'do not wait for the scan that follows')
    .action(
      action(app, async (session, args: string[], options: Options) => {
        const { token, files } = await readRenewTargets(args);
        const [path = '-', ...more] = files;
        if (more.length > 0) return await renewMany(session, files, options);
        const file = await readTokenFile(path, session.context.stdin);
        const tokenId = token === null ? await tokenOfFile(session, file) : (await findToken(session, token)).tokenId;
        const preview = await previewRenewal(session, tokenId, file);
        const { terminal, now } = session.context;
        if (!session.options.json)
          for (const line of previewLines(preview, { terminal, now: now() })) terminal.out(line);
        const refused = renewalRefusal(preview, options.acceptOlder ?? false);
        if (refused !== null) {
          // The comparison already shows the reason; a program gets it as a problem.
          if (session.options.json) throw refused;
          return ExitCode.refused;
        }
        await confirm(session, 'Renew?', { ...options, stdinTaken: path === '-' });
        const saved = await saveRenewal(session, file, preview, options.acceptOlder ?? false);
        await tellSaved(session, saved, options.wait);
      }),
    );
}

/** Returns the token that a file belongs to. Errors: token.not-found, and all of the file's. */
async function tokenOfFile(session: Session, file: TokenFileInput): Promise<string> {
  const { heldBy, identity } = await session.call(routes.inspectTokenFile, {
    query: fileQuery(file),
    body: file.bytes,
  });
  if (heldBy !== null) return heldBy.tokenId;
  throw refusal(
    'token.not-found',
    `Winesap holds no token for ${identity.locationName ?? 'this location'} (identification number ${identity.uId}).`,
    'To add it: winesap tokens add ORGANIZATION/POLICY FILE --mode watch. To see it beside a token: winesap tokens preview TOKEN FILE.',
    { uId: identity.uId, locationName: identity.locationName },
  );
}
