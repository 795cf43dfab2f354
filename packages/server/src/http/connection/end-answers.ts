import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../../log/create-log.ts';
import { Refusal } from '../refusals/refusal.ts';

const RETRY_AFTER_SECONDS = 5;

/**
 * Lets `close` wait for the answers that are under way, for so long at most; what is under way then is cut, and the log
 * says how many. Meanwhile no connection is accepted, and a request on one that is open is refused.
 */
export function endAnswers(app: FastifyInstance, withinMs: number, log: Log): void {
  const open = new Set<ServerResponse>();
  let ending = false;
  app.server.prependListener('request', (_request, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      // A client that keeps its connection for the next request would hold up the end.
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
