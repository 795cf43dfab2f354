import { type AnyRoute, routes, TOKEN_FILE } from '@winesap/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { makeAnswer, sendMade } from '../kept/made-answer.ts';
import type { Admit } from './admission.ts';
import { AUTH_ROUTES, type Handler, type Handlers, SENT } from './handler.ts';
import { bodyLimitOf, read, readBody } from './read-request.ts';

const BY_AUTH: ReadonlySet<string> = new Set(AUTH_ROUTES);

/** Mounts the API's routes, or only these, with their handlers: permissions, input, and response. */
export async function mountRoutes(
  app: FastifyInstance,
  handlers: Handlers,
  admit: Admit,
  only: ReadonlySet<string> | null,
): Promise<void> {
  await app.register(async (files) => {
    // A file is bytes, even if it is sent as text or JSON.
    files.removeAllContentTypeParsers();
    files.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    for (const [id, route] of Object.entries(routes) as [string, AnyRoute][]) {
      if (BY_AUTH.has(id) || (only !== null && !only.has(id))) continue;
      const handler = handlers[id as keyof Handlers] as unknown as Handler<AnyRoute>;
      const isFile = route.body === TOKEN_FILE;
      (isFile ? files : app).route({
        method: route.method,
        url: route.path.replace(/\{(\w+)\}/g, ':$1'),
        config: { tokenFile: isFile, anyHost: route === routes.getStatus },
        bodyLimit: bodyLimitOf(route),
        // Permissions are checked before the body is read, so that strangers can't make us read.
        onRequest: async (request) => {
          request.caller = await admit(route, request);
        },
        handler: (request, reply) => answer(route, handler, request, reply),
      });
    }
  });
}

async function answer(route: AnyRoute, handler: Handler<AnyRoute>, request: FastifyRequest, reply: FastifyReply) {
  const gone = new AbortController();
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const { person: who, credential } = request.caller;
  const result = await handler({
    params: read(route.params, request.params, 'the address'),
    query: read(route.query, request.query, 'the query'),
    body: readBody(route, request) as never,
    who,
    credential,
    actor: { personId: who.id, name: who.name, requestId: request.id },
    signal: gone.signal,
    request,
    reply,
  });
  if (result === SENT) return reply;
  if (route.status === 204) return reply.status(204).send();
  if (route.method === 'GET') return sendMade(request, reply, makeAnswer(result));
  return reply.status(route.status).send(result);
}
