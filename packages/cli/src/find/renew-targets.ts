import { stat } from 'node:fs/promises';
import { refusal } from '../refusal.ts';

export interface RenewTargets {
  /** Null: the file itself determines the token. */
  token: string | null;
  files: readonly string[];
}

/**
 * Interprets the arguments of `tokens renew`: only files, or a token and its file. The first of several is a file if a
 * file with that name exists; a token with the same name is still found, because each file names its location. Errors:
 * usage.arguments.
 */
export async function readRenewTargets(args: readonly string[]): Promise<RenewTargets> {
  const [first = '', ...rest] = args;
  if (rest.length === 0 || first === '-' || /\.vpptoken$/i.test(first) || (await isFile(first)))
    return { token: null, files: args };
  if (rest.length === 1) return { token: first, files: rest };
  throw refusal(
    'usage.arguments',
    `“${first}” is no file, and one token is renewed from one file only.`,
    'Write winesap tokens renew TOKEN FILE, or only files: each finds its own token.',
  );
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}
