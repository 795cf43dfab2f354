import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Log } from '../../log/create-log.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Logs a response that broke off after it had begun, when it is too late to refuse. */
    answerBroke(request: FastifyRequest, error: unknown): void;
  }
}

export function logBrokenAnswers(app: FastifyInstance, log: Log): void {
  app.decorate('answerBroke', (request: FastifyRequest, error: unknown) =>
    log.error(
      { requestId: request.id, method: request.method, route: request.routeOptions.url, err: error },
      'an answer broke off',
    ),
  );
}
