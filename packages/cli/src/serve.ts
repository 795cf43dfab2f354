import type {
  resealRows as ResealRows,
  resetPassword as ResetPassword,
  serve as Serve,
  work as Work,
} from '@winesap/server';
import { refusal } from './refusal.ts';

export type { Serve };

/** The server's package is big and most commands don't need it, so it is loaded on demand. Errors: usage.no-server. */
export async function loadServe(): Promise<typeof Serve> {
  return (await loadServer()).serve;
}

export async function loadWork(): Promise<typeof Work> {
  return (await import('@winesap/server')).work;
}

export async function loadResetPassword(): Promise<typeof ResetPassword> {
  return (await loadServer()).resetPassword;
}

export async function loadResealRows(): Promise<typeof ResealRows> {
  return (await loadServer()).resealRows;
}

async function loadServer() {
  return import('@winesap/server').catch((error: unknown) => {
    throw missing(error, '@winesap/server') ?? error;
  });
}

/** Explains a missing package that the small command leaves out; null if something else went wrong. */
export function missing(error: unknown, name: string): Error | null {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) return null;
  if (!error.message.includes(`'${name}'`)) return null;
  return refusal(
    'usage.no-server',
    `This command needs the package ${name}, which is not installed here.`,
    'It is kept apart so that winesap check stays small. Install it beside winesap, or run the command from a clone of the repository.',
  );
}
