import { type AnyRoute, routes, TOKEN_FILE } from '@winesap/api';
import { MAX_TOKEN_FILE_BYTES } from '@winesap/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodType } from 'zod';
import type { Admit } from './admission.ts';
import { type AuthRouteId, type Handler, type Handlers, SENT } from './handler.ts';
import { makeAnswer, sendMade } from './made-answer.ts';
import { Refusal } from './refusal.ts';

const BY_AUTH: ReadonlySet<string> = new Set<AuthRouteId>(['signIn', 'signOut']);

/** Mounts the routes of the API, or only these, with their handlers: who may, what is read, what is answered. */
export function mountRoutes(
  app: FastifyInstance,
  handlers: Handlers,
  admit: Admit,
  only: ReadonlySet<string> | null,
): void {
  for (const [id, route] of Object.entries(routes) as [string, AnyRoute][]) {
    if (BY_AUTH.has(id) || (only !== null && !only.has(id))) continue;
    const handler = handlers[id as keyof Handlers] as unknown as Handler<AnyRoute>;
    app.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      config: { tokenFile: route.body === TOKEN_FILE },
      ...(route.body === TOKEN_FILE ? { bodyLimit: MAX_TOKEN_FILE_BYTES } : {}),
      // Who may is asked before a body is read: strangers cannot make us read.
      onRequest: async (request) => {
        request.caller = await admit(route, request);
      },
      handler: (request, reply) => answer(route, handler, request, reply),
    });
  }
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
    body: bodyOf(route, request.body) as never,
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

function bodyOf(route: AnyRoute, body: unknown): unknown {
  if (route.body === undefined) return undefined;
  if (route.body === TOKEN_FILE) return Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
  return read(route.body as ZodType, body ?? {}, 'the body');
}

function read<T>(schema: ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || where}: ${message}.`);
  throw new Refusal('request.invalid', { where, problems });
}
