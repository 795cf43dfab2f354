import { createApi, routes } from '@winesap/api';
import { OWNER, type Session, signIn } from '@winesap/testkit';
import type { ServerProcess } from './server-process.ts';

/** Creates the first owner, as the setup page does, and signs in. */
export async function makeOwner({ url, setupCode }: ServerProcess): Promise<Session> {
  const body = { ...OWNER, setupCode: await setupCode };
  await createApi({ baseUrl: url, headers: { origin: url } }).call(routes.setUp, { body });
  return signIn(url, OWNER);
}
