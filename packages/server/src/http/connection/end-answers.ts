import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../../log/create-log.ts';
import { Refusal } from '../refusals/refusal.ts';

const RETRY_AFTER_SECONDS = 5;

/**
 * Makes `close` wait a limited time for responses under way. The remaining ones are cut, and their number is logged.
 * Meanwhile no connection is accepted, and requests on open ones are refused.
 */
export function endAnswers(app: FastifyInstance, withinMs: number, log: Log): void {
  const open = new Set<ServerResponse>();
  let ending = false;
  app.server.prependListener('request', (_request, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      // A client that keeps its connection open would delay the end.
      if (ending) setImmediate(() => app.server.closeIdleConnections());
    });
  });
  app.addHook('onRequest', async () => {
    if (ending) throw new Refusal('server.stopping', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  });
  app.addHook('preClose', async () => {
    ending = true;
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
    const cut = setTimeout(() => {
      log.warn({ answers: open.size }, 'answers were cut: they took longer than WINESAP_STOP_SECONDS');
      app.server.closeAllConnections();
    }, withinMs).unref();
    app.server.once('close', () => clearTimeout(cut));
  });
}
