import { randomUUID } from 'node:crypto';
import type { RouteId } from '@winesap/api';
import { AppError } from '@winesap/core';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Auth } from '../../auth/create-auth.ts';
import type { Inbox } from '../../inbox/create-inbox.ts';
import type { Log } from '../../log/create-log.ts';
import type { Changes } from '../../store/changes.ts';
import { refuseUnstorableAddress } from '../connection/address.ts';
import { logBrokenAnswers } from '../connection/broken-answers.ts';
import { endAnswers } from '../connection/end-answers.ts';
import { refuseForeignHost } from '../connection/hosts.ts';
import { refuseForeignOrigin } from '../connection/origin.ts';
import { refuseConnection } from '../connection/refuse-connection.ts';
import { secureHeaders } from '../connection/secure-headers.ts';
import { noteUnbelievedProxy } from '../connection/unbelieved-proxy.ts';
import { mountHooks } from '../hooks/hooks.ts';
import { keepLists } from '../kept/kept-lists.ts';
import type { EdgeCode } from '../refusals/edge-words.ts';
import { problemOf } from '../refusals/errors.ts';
import { Refusal } from '../refusals/refusal.ts';
import { type Admitted, admission, type MetricsAccess } from './admission.ts';
import { mountAuth } from './auth-bridge.ts';
import { serveConsole } from './console.ts';
import type { Handlers } from './handler.ts';
import { mountRoutes } from './mount.ts';
import { parseJson } from './parse-json.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Admitted;
    /** Ensures that everything committed before the request arrived is counted in `Changes`. */
    upToDate: boolean;
  }
  interface FastifyContextConfig {
    tokenFile?: boolean;
    /** Answered under any host name, for probes that only know an address. */
    anyHost?: boolean;
    /** Refusals are counted as a metric, because thousands of log lines say less than one number. */
    quiet?: boolean;
  }
}

export interface HttpOptions {
  auth: Auth;
  handlers: Handlers;
  log: Log;
  publicUrl: string | null;
  /** Names that this server answers to, in addition to its own. */
  allowedHosts: readonly string[];
  /** Addresses and ranges of trusted reverse proxies. */
  trustedProxies: readonly string[];
  /** How long a request may take to arrive, including its body. */
  requestTimeoutMs: number;
  /** How long responses under way may take after the server is closed. */
  stopWithinMs: number;
  consoleDir: string;
  /** Who may read the metrics. */
  metrics: MetricsAccess;
  inbox: Inbox;
  changes: Changes;
  now: () => Date;
  /** `monitoring`: only status and metrics, without sign-in and console. */
  answers: 'everybody' | 'monitoring';
}

const STRANGER_BODY_BYTES = 4 * 1024;
const CHECK_CONNECTIONS_EVERY_MS = 5_000;

const MONITORING: ReadonlySet<string> = new Set<RouteId>(['getStatus', 'getMetrics']);

/** Creates the HTTP side: the API under /api, the console everywhere else. Does not listen yet. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    genReqId: () => randomUUID(),
    // Requests outside the route table need no body.
    bodyLimit: STRANGER_BODY_BYTES,
    requestTimeout: options.requestTimeoutMs,
    http: {
      requestTimeout: options.requestTimeoutMs,
      headersTimeout: options.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(CHECK_CONNECTIONS_EVERY_MS, options.requestTimeoutMs / 4),
    },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, request, reply) => sendProblem(options.log, error, request, reply),
    // Responses under way may finish; new requests are refused with our own error.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
    // Only these proxies are trusted about the caller, not the callers themselves.
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
  });
  app.decorateRequest('caller');
  app.decorateRequest('upToDate', false);
  logBrokenAnswers(app, options.log);
  app.server.prependListener('request', secureHeaders(options.publicUrl?.startsWith('https:') ?? false));
  endAnswers(app, options.stopWithinMs, options.log);
  app.addHook('onRequest', refuseForeignHost(options.publicUrl, options.allowedHosts));
  app.addHook('onRequest', refuseUnstorableAddress);
  app.addHook('onRequest', noteUnbelievedProxy(options.log));
  app.addHook('onRequest', refuseForeignOrigin(options.publicUrl));
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/') && reply.getHeader('cache-control') === undefined)
      reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler((error: FastifyError, request, reply) => sendProblem(options.log, error, request, reply));
  const all = options.answers === 'everybody';
  const { auth, metrics, changes, now } = options;
  const admit = admission(auth, metrics, changes, now);
  takeJson(app);
  if (all) mountAuth(app, auth, admit);
  await mountRoutes(app, keepLists(options.handlers, changes, now), admit, all ? null : MONITORING);
  if (!all) return app;
  await mountHooks(app, options.inbox);
  await serveConsole(app, options.consoleDir);
  return app;
}

/** Parses JSON with a depth limit. Anything else arrives as bytes, for its route to refuse by name. */
function takeJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    try {
      const value = parseJson(String(text), (body) => {
        let parsed: unknown;
        parse(request, body, (error, result) => {
          if (error !== null) throw error;
          parsed = result;
        });
        return parsed;
      });
      done(null, value);
    } catch (error) {
      done(error as Error);
    }
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** Sets how long a program should wait; never sent without a cause. */
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
  const waitSeconds = refusal.data.retryAfterSeconds ?? (problem.status === TOO_MANY ? 60 : undefined);
  if (waitSeconds !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', String(waitSeconds));
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
