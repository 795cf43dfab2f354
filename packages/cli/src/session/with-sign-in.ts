import { type Api, createApi, routes } from '@winesap/api';
import type { Command } from 'commander';
import { refusal } from '../refusal.ts';
import { canAsk } from './confirm.ts';
import { fetchWithin, urlOfWinesap } from './connection.ts';
import { readSecretFile } from './read-secret-file.ts';
import type { Session } from './session.ts';

export interface SignInOptions {
  email?: string;
  passwordFile?: string;
}

/** The options of a command that requires a person, not an API key. */
export function addSignInOptions(command: Command): Command {
  return command
    .option('--email <address>', 'your mail address; asked for when left away')
    .option(
      '--password-file <file>',
      'file that holds your password, or - for standard input; asked for, unseen, when left away',
    );
}

/**
 * Signs in with email address and password, runs the action, and always signs out again.
 * Errors: usage.confirmation-needed if nobody can be asked.
 */
export async function withSignIn<T>(
  session: Session,
  options: SignInOptions,
  act: (api: Api, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, env, stdin } = session.context;
  const url = urlOfWinesap(session.options, env);
  const email = options.email ?? (await ask(session, 'E-mail: ', '--email'));
  const password =
    options.passwordFile === undefined
      ? await ask(session, 'Password: ', '--password-file', { hidden: true })
      : await readSecretFile(options.passwordFile, stdin);
  const fetch = fetchWithin(30_000);
  const headers = { 'user-agent': 'winesap-cli' };
  const signedIn = await createApi({ baseUrl: url, headers, fetch }).open(routes.signIn, {
    body: { email: email.trim(), password },
    signal,
  });
  await signedIn.body?.cancel();
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const api = createApi({ baseUrl: url, headers: { ...headers, cookie }, fetch });
  try {
    return await act(api, signal);
  } finally {
    // The session is no longer needed, whatever the result.
    await api.call(routes.signOut, { body: {}, signal });
  }
}

async function ask(session: Session, question: string, option: string, { hidden = false } = {}): Promise<string> {
  if (!canAsk(session)) throw refusal('usage.confirmation-needed', 'There is nobody to ask.', `Give ${option}.`);
  const { terminal, signal } = session.context;
  return hidden ? await terminal.askUnseen(question, signal) : await terminal.ask(question, signal);
}
