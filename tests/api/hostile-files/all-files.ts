import { binaryFiles } from './binary-files.ts';
import type { HostileFile } from './hostile-file.ts';
import { inLines } from './hostile-file.ts';
import { mangledTokens } from './mangled-tokens.ts';
import { oddJson } from './odd-json.ts';
import { otherDocuments } from './other-documents.ts';
import { sizes } from './sizes.ts';

/** Everything that isn't a content token. `token` is the text of a real one, which some of them are made from. */
export function hostileFiles(token: string): HostileFile[] {
  return [...binaryFiles(token), ...mangledTokens(token), ...oddJson(), ...otherDocuments(), ...sizes(token)];
}

/**
 * The same content token as browsers, email programs, editors, and shells pass it on: each one is valid and the same.
 */
export function oddlyDressed(token: string): HostileFile[] {
  const dressed = (what: string, text: string): HostileFile => ({ what, bytes: new Uint8Array(Buffer.from(text)) });
  const bare = token.replace(/=+$/, '');
  return [
    dressed('as it was downloaded', token),
    dressed('with a line break at its end', `${token}\n`),
    dressed('with a line break of Windows at its end', `${token}\r\n`),
    dressed('with a hundred line breaks at its end', token + '\n'.repeat(100)),
    dressed('with blank lines before it', `\n\n\r\n${token}`),
    dressed('with blanks around it', `  \t${token}\t  `),
    dressed('with a byte order mark', `\ufeff${token}`),
    dressed('with a byte order mark and a line break of Windows', `\ufeff${token}\r\n`),
    dressed('with a byte order mark at its end', `${token}\ufeff`),
    dressed('with two byte order marks', `\ufeff\ufeff${token}`),
    dressed('in lines of 64', inLines(token, 64)),
    dressed('in lines of 76, as mail has them', inLines(token, 76, '\r\n')),
    dressed('in lines of 76, as an old Mac has them', inLines(token, 76, '\r')),
    dressed('a letter on each line', inLines(token, 1)),
    dressed('in lines that are indented', inLines(token, 60, '\n    ')),
    dressed('in lines with a blank one between', inLines(token, 60, '\n\n')),
    dressed('with tabs between', inLines(token, 20, '\t')),
    dressed('with no-break spaces between', inLines(token, 20, '\u00a0')),
    dressed('with form feeds between', inLines(token, 50, '\f')),
    dressed('with line separators between', inLines(token, 50, '\u2028')),
    dressed('without its padding', bare),
    dressed('with 60,000 blanks around it', ' '.repeat(30_000) + token + ' '.repeat(30_000)),
  ];
}
