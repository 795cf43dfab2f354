import { type Api, createApi, routes } from '@winesap/api';

/** The demo's owner. Not a secret: it opens a Winesap on this machine's loopback that is deleted at the end. */
export const OWNER = { email: 'owner@winesap.example', password: 'apples-keep-longer' } as const;

/** Signs in as the owner and creates an API key. Returns the key and a client that uses it. */
export async function ownerApi(url: string, signal?: AbortSignal): Promise<{ api: Api; key: string }> {
  const signedIn = await createApi({ baseUrl: url }).open(routes.signIn, {
    body: { email: OWNER.email, password: OWNER.password },
    ...(signal && { signal }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  await signedIn.body?.cancel();
  const session = createApi({ baseUrl: url, headers: { cookie } });
  const { key } = await session.call(routes.addKey, { body: { name: 'demo' } });
  return { api: createApi({ baseUrl: url, headers: { 'x-api-key': key } }), key };
}
