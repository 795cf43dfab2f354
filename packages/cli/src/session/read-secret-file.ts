import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Context } from '../context.ts';
import { refusal } from '../refusal.ts';

/**
 * Reads a password from a file or (`-`) standard input, without the line break at its end. Errors: usage.password-file.
 */
export async function readSecretFile(path: string, stdin: Context['stdin']): Promise<string> {
  const content =
    path === '-'
      ? await text(stdin)
      : await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
          throw refusal(
            'usage.password-file',
            `${path} cannot be read (${cause.code ?? cause.message}).`,
            'Give the path of a file that holds the password, or - for standard input.',
          );
        });
  return content.replace(/\r?\n$/, '');
}
