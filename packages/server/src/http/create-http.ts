import { randomUUID } from 'node:crypto';
import type { RouteId } from '@winesap/api';
import { AppError } from '@winesap/core';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { Auth } from '../auth/create-auth.ts';
import type { Inbox } from '../inbox/create-inbox.ts';
import type { Log } from '../log/create-log.ts';
import type { Changes } from '../store/changes.ts';
import { type Admitted, admission, type MetricsAccess } from './admission.ts';
import { mountAuth } from './auth-bridge.ts';
import { logBrokenAnswers } from './broken-answers.ts';
import { serveConsole } from './console.ts';
import { type EdgeCode, problemOf } from './errors.ts';
import type { Handlers } from './handler.ts';
import { mountHooks } from './hooks.ts';
import { keepLists } from './kept-lists.ts';
import { mountRoutes } from './mount.ts';
import { refuseForeignOrigin } from './origin.ts';
import { Refusal } from './refusal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Admitted;
    /** Everything that was committed before the request came is counted in `Changes`. */
    upToDate: boolean;
  }
  interface FastifyContextConfig {
    tokenFile?: boolean;
    /** Refusals are counted elsewhere: thousands of lines in a log say less than one number. */
    quiet?: boolean;
  }
}

export interface HttpOptions {
  auth: Auth;
  handlers: Handlers;
  log: Log;
  publicUrl: string | null;
  consoleDir: string;
  /** Who may read the metrics. */
  metrics: MetricsAccess;
  inbox: Inbox;
  changes: Changes;
  now: () => Date;
  /** `monitoring`: status and metrics alone, without sign-in and console. */
  answers: 'everybody' | 'monitoring';
}

const MONITORING: ReadonlySet<string> = new Set<RouteId>(['getStatus', 'getMetrics']);

/** The HTTP side: the API under /api, the console everywhere else. Does not listen yet. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    // One proxy, the nearest: what it says of the caller counts, what callers say of themselves does not.
    trustProxy: (_address, hop) => options.publicUrl !== null && hop === 0,
  });
  app.decorateRequest('caller');
  app.decorateRequest('upToDate', false);
  logBrokenAnswers(app, options.log);
  const secure = helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: options.publicUrl?.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: options.publicUrl?.startsWith('https:') ?? false,
  });
  // NOTE: not by @fastify/helmet, which puts them together again for each request.
  app.addHook('onRequest', (request, reply, done) => secure(request.raw, reply.raw, done as (error?: unknown) => void));
  // Whatever a token file is called on the way, it is bytes to us.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', refuseForeignOrigin(options.publicUrl));
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/') && reply.getHeader('cache-control') === undefined)
      reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(options.log, error, request, reply));
  const all = options.answers === 'everybody';
  if (all) mountAuth(app, options.auth);
  const { auth, metrics, changes, now } = options;
  const handlers = keepLists(options.handlers, changes, now);
  mountRoutes(app, handlers, admission(auth, metrics, changes, now), all ? null : MONITORING);
  if (!all) return app;
  await mountHooks(app, options.inbox);
  await serveConsole(app, options.consoleDir);
  return app;
}

/** Tells a program how long to wait, and is never sent without saying so. */
const TOO_MANY = 429;

function sendProblem(log: Log, error: FastifyError | AppError | Refusal, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error, request);
  if (refusal.code === 'internal' || refusal.code === 'database.away')
    log.error(
      { requestId: request.id, method: request.method, route: request.routeOptions.url, err: error },
      'request broke',
    );
  else if (request.routeOptions.config.quiet !== true)
    log.info(
      { requestId: request.id, method: request.method, route: request.routeOptions.url, code: refusal.code },
      'request refused',
    );
  const problem = problemOf(refusal.code, refusal.data, request.id);
  if (problem.status === TOO_MANY && !reply.hasHeader('retry-after'))
    reply.header('retry-after', String(refusal.data.retryAfterSeconds ?? 60));
  return reply.status(problem.status).type('application/problem+json').send(problem);
}

function refusalOf(error: FastifyError | AppError | Refusal, request: FastifyRequest): AppError | Refusal {
  if (error instanceof AppError || error instanceof Refusal) return error;
  const tokenFile = request.routeOptions.config.tokenFile === true;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return tokenFile ? new AppError('token-file.too-big') : new Refusal('request.too-big');
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' && tokenFile) return new AppError('token-file.empty');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new Refusal(edgeCode(error.statusCode));
  return new Refusal('internal');
}

function edgeCode(status: number): EdgeCode {
  return status === 404 ? 'request.not-found' : status === 429 ? 'request.too-many' : 'request.invalid';
}
