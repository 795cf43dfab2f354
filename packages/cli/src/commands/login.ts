import { ApiProblem, createApi, routes } from '@winesap/api';
import { shortDate } from '@winesap/api/words';
import { Command } from 'commander';
import { type App, action } from '../action.ts';
import { fetchWithin, urlOfWinesap } from '../session/connection.ts';
import type { Session } from '../session/session.ts';
import { storedKey, storeKey } from '../session/stored-keys.ts';
import { addSignInOptions, type SignInOptions, withSignIn } from '../session/with-sign-in.ts';

export function loginCommand(app: App): Command {
  return addSignInOptions(
    new Command('login').description(
      'sign in once and keep an API key for this server in a file that only you can read',
    ),
  ).action(
    action(app, async (session, options: SignInOptions) => {
      const { env } = session.context;
      const url = urlOfWinesap(session.options, env);
      const { id, name, key, expiresAt } = await withSignIn(session, options, (api, signal) =>
        api.call(routes.addKey, { body: { name: 'winesap command' }, signal }),
      );
      const path = await storeKey(env, url, { id, key });
      session.answer({ url, name, keysFile: path, expiresAt }, () => [
        `Signed in. The API key “${name}” for ${url} is kept in ${path}.`,
        `It expires on ${shortDate(expiresAt)}. winesap logout ends and forgets it.`,
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

/** Revokes the key on the server. A key that the server no longer knows counts as revoked. */
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
