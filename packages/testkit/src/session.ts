import { type Api, createApi, routes } from '@winesap/api';
import { createStrictApi } from './strict-api.ts';

/** A signed-in person: the API with a session cookie, as in a browser. */
export interface Session {
  api: Api;
  name: string;
  email: string;
  password: string;
  cookie: string;
}

export interface Person {
  name: string;
  email: string;
  password: string;
}

export const OWNER: Person = { name: 'Olive Owner', email: 'olive@winesap.example', password: 'windfall-orchard-77' };

export async function signIn(url: string, person: Person): Promise<Session> {
  const { email, password } = person;
  const answer = await createApi({ baseUrl: url, headers: { origin: url } }).open(routes.signIn, {
    body: { email, password },
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  await answer.arrayBuffer();
  return { ...person, cookie, api: createStrictApi({ baseUrl: url, headers: { origin: url, cookie } }) };
}
