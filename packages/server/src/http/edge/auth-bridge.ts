import { type BodyOf, routes } from '@winesap/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Auth } from '../../auth/create-auth.ts';
import { headersOf } from '../connection/headers.ts';
import type { EdgeCode } from '../refusals/edge-words.ts';
import { Refusal } from '../refusals/refusal.ts';
import type { Admit, Admitted } from './admission.ts';
import { AUTH_ROUTES } from './handler.ts';
import { bodyLimitOf, read, readBody } from './read-request.ts';

/** Passes sign-in, sign-out, and password changes to better-auth, which uses the web's Request and Response. */
export function mountAuth(app: FastifyInstance, auth: Auth, admit: Admit): void {
  for (const id of AUTH_ROUTES) {
    const route = routes[id];
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: bodyLimitOf(route),
      onRequest: async (request) => {
        request.caller = await admit(route, request);
      },
      handler: async (request, reply) => {
        read(route.query, request.query, 'the query');
        const body = readBody(route, request);
        const account = accountOf(id, body, request.caller);
        const response = await auth.handle(toWeb(request, body), request.ip, account);
        if (!response.ok)
          throw new Refusal(refusalOf(response.status), {
            retryAfterSeconds: Number(response.headers.get('retry-after') ?? 0) || undefined,
          });
        reply.status(response.status);
        for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
        for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
        return reply.send(Buffer.from(await response.arrayBuffer()));
      },
    });
  }
}

/** Returns whose password is tried; null if the request tries none. */
function accountOf(id: (typeof AUTH_ROUTES)[number], body: unknown, caller: Admitted): string | null {
  switch (id) {
    case 'signIn':
      return (body as BodyOf<typeof routes.signIn>).email;
    case 'changePassword':
      return caller.person.email;
    case 'signOut':
      return null;
  }
}

/** Sign-in does not reveal whether the address or the password was wrong. */
function refusalOf(status: number): EdgeCode {
  if (status === 404) return 'request.not-found';
  if (status === 429) return 'sign-in.too-many';
  return status === 400 || status === 401 || status === 403 ? 'sign-in.refused' : 'internal';
}

function toWeb(request: FastifyRequest, body: unknown): Request {
  const url = `${request.protocol}://${request.headers.host ?? 'localhost'}${request.url}`;
  const headers = headersOf(request);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  // Programs send no origin. Our own hook has already checked the request; the library still requires one.
  if (!headers.has('origin')) headers.set('origin', new URL(url).origin);
  return new Request(url, { method: request.method, headers, body: JSON.stringify(body) });
}
