import type { FastifyInstance } from 'fastify';
import type { Inbox } from '../../inbox/create-inbox.ts';
import { Refusal } from '../refusals/refusal.ts';

/** Apple's have at most 100 elements, some ten kilobytes. */
const MAX_BYTES = 256 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    location: string;
  }
}

/**
 * Receives Apple's notifications: one address per location, with its secret in `Authorization`. Not part of our API:
 * what arrives is Apple's and is stored unchanged, whatever it is. Answers 200 only once it is stored.
 */
export async function mountHooks(app: FastifyInstance, inbox: Inbox): Promise<void> {
  await app.register(async (hooks) => {
    hooks.decorateRequest('location', '');
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    hooks.route<{ Params: { path: string }; Body: unknown }>({
      method: 'POST',
      url: '/hooks/apple/:path',
      bodyLimit: MAX_BYTES,
      config: { quiet: true },
      // Checked before the body is read, so that strangers can't make us read.
      onRequest: async (request, reply) => {
        const admitted = await inbox.admit(request.params.path, request.headers.authorization);
        if ('uId' in admitted) {
          request.location = admitted.uId;
          return;
        }
        if (admitted.refused === 'unknown') throw new Refusal('hook.not-found');
        if (admitted.refused === 'wrong-secret') throw new Refusal('hook.wrong-secret');
        reply.header('retry-after', String(admitted.retryAfterSeconds));
        throw new Refusal('request.too-many');
      },
      handler: async (request, reply) => {
        await inbox.keep(request.location, typeof request.body === 'string' ? request.body : '');
        return reply.status(200).send();
      },
    });
  });
}
