import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../tls/certificate.ts';
import { type Answer, json } from './answer.ts';
import type { Outcome } from './apple-service.ts';
import { BodyTooLarge, readBody } from './read-body.ts';
import type { AppleRequest } from './request.ts';

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens, reads requests in whatever form clients send them, and puts outcomes on the wire. */
export async function listen(
  port: number,
  host: string,
  answer: (request: AppleRequest) => Promise<Outcome>,
  log: (line: string) => void,
  tls?: Certificate,
): Promise<WebServer> {
  const listener: RequestListener = (request, response) => {
    void serve(request, response, answer, log);
  };
  const options = { keepAliveTimeout: 65_000, requestTimeout: 0 };
  const server =
    tls === undefined ? createServer(options, listener) : createTlsServer({ ...options, ...tls }, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `${tls === undefined ? 'http' : 'https'}://${name}:${bound}`, close: () => close(server) };
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  answer: (request: AppleRequest) => Promise<Outcome>,
  log: (line: string) => void,
): Promise<void> {
  try {
    const body = message.method === 'GET' || message.method === 'HEAD' ? Buffer.alloc(0) : await readBody(message);
    const outcome = await answer(requestOf(message, body, whenDone(response)));
    if (outcome.kind === 'hang') return;
    if (outcome.kind === 'reset') message.socket.resetAndDestroy();
    else send(response, outcome.answer, outcome.kind === 'cut');
  } catch (error) {
    if (error instanceof BodyTooLarge) {
      send(
        response,
        json(413, { simulator: 'The body is larger than anybody needs.' }, { connection: 'close' }),
        false,
      );
      return;
    }
    if (!message.complete) return;
    log(`failed: ${message.method} ${message.url?.split('?')[0]} ${error instanceof Error ? error.stack : error}`);
    if (!response.headersSent) send(response, json(500, { simulator: 'The simulator failed; see its log.' }), false);
  }
}

function whenDone(response: ServerResponse): AppleRequest['whenDone'] {
  return (run) => {
    let ran = false;
    const once = () => {
      if (!ran) run();
      ran = true;
    };
    response.once('finish', once);
    response.once('close', once);
  };
}

function requestOf(message: IncomingMessage, body: Buffer, done: AppleRequest['whenDone']): AppleRequest {
  const target = message.url ?? '/';
  const question = target.indexOf('?');
  // A target may be absolute when the client thinks it speaks to a proxy.
  const rawPath = (question < 0 ? target : target.slice(0, question)).replace(/^https?:\/\/[^/]+/i, '');
  const path = rawPath.replace(/\/{2,}/g, '/').replace(/\/+$/, '') || '/';
  const forwarded = message.headers['x-forwarded-proto'];
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(question < 0 ? '' : target.slice(question + 1)),
    headers: message.headers,
    body,
    whenDone: done,
    origin: `${forwarded === 'https' || 'encrypted' in message.socket ? 'https' : 'http'}://${message.headers.host ?? 'localhost'}`,
  };
}

function send(response: ServerResponse, answer: Answer, cut: boolean): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  if (!cut) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
