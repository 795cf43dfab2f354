import { ApiProblem, createApi, routes } from '@winesap/api';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { canAsk } from '../confirm.ts';
import { fetchWithin, urlOfWinesap } from '../connection.ts';
import { readSecretFile } from '../read-secret-file.ts';
import { refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import { storedKey, storeKey } from '../stored-keys.ts';

interface Options {
  email?: string;
  passwordFile?: string;
}

export function loginCommand(app: App): Command {
  return new Command('login')
    .description('sign in once and keep an API key for this server in a file that only you can read')
    .option('--email <address>', 'your mail address; asked for when left away')
    .option(
      '--password-file <file>',
      'file that holds your password, or - for standard input; asked for, unseen, when left away',
    )
    .action(
      action(app, async (session, options: Options) => {
        const { context } = session;
        const url = urlOfWinesap(session.options, context.env);
        const email = options.email ?? (await ask(session, 'E-mail: ', '--email'));
        const password =
          options.passwordFile === undefined
            ? await ask(session, 'Password: ', '--password-file', { hidden: true })
            : await readSecretFile(options.passwordFile, context.stdin);
        const { id, name, key } = await makeKey(session, url, email.trim(), password);
        const path = await storeKey(context.env, url, { id, key });
        session.answer({ url, name, keysFile: path }, () => [
          `Signed in. The API key “${name}” for ${url} is kept in ${path}.`,
          'winesap logout ends and forgets it.',
        ]);
      }),
    );
}

export function logoutCommand(app: App): Command {
  return new Command('logout').description('end the API key that login has kept for this server, and forget it').action(
    action(app, async (session) => {
      const { env } = session.context;
      const url = urlOfWinesap(session.options, env);
      const forgotten = await endKept(session, url);
      await storeKey(env, url, null);
      session.answer({ url, ended: forgotten }, () => [
        forgotten ? 'The key is ended and forgotten.' : 'No key was kept for this server.',
      ]);
    }),
  );
}

async function makeKey(session: Session, url: string, email: string, password: string) {
  const { signal } = session.context;
  const fetch = fetchWithin(30_000);
  const headers = { 'user-agent': 'winesap-cli' };
  const signedIn = await createApi({ baseUrl: url, headers, fetch }).open(routes.signIn, {
    body: { email, password },
    signal,
  });
  await signedIn.body?.cancel();
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const withSession = createApi({ baseUrl: url, headers: { ...headers, cookie }, fetch });
  try {
    return await withSession.call(routes.addKey, { body: { name: 'winesap command' }, signal });
  } finally {
    // The session has done its work, with or without a key.
    await withSession.call(routes.signOut, { body: {}, signal });
  }
}

/** Ends the key at the server. What the server no longer knows is as good as ended. */
async function endKept(session: Session, url: string): Promise<boolean> {
  const kept = await storedKey(session.context.env, url);
  if (kept === null) return false;
  const api = createApi({
    baseUrl: url,
    headers: { 'user-agent': 'winesap-cli', 'x-api-key': kept.key },
    fetch: fetchWithin(30_000),
  });
  try {
    await api.call(routes.removeKey, { params: { keyId: kept.id }, signal: session.context.signal });
  } catch (error) {
    const unknown = error instanceof ApiProblem && (error.problem.status === 401 || error.problem.status === 404);
    if (!unknown) throw error;
  }
  return true;
}

async function ask(session: Session, question: string, option: string, { hidden = false } = {}): Promise<string> {
  if (!canAsk(session)) throw refusal('usage.confirmation-needed', 'There is nobody to ask.', `Give ${option}.`);
  const { terminal, signal } = session.context;
  return hidden ? await terminal.askUnseen(question, signal) : await terminal.ask(question, signal);
}
