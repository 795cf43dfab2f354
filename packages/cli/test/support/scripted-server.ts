import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { notTaken } from './not-taken.ts';

export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type Reply =
  | { status?: number; json?: unknown; text?: string; type?: string; cutOff?: boolean }
  | ((request: Received) => Reply);

/**
 * A server that answers each route (`GET /api/tokens`) with the given replies, in order, and repeats the last one.
 * `cutOff` ends the connection after the text. A request without a script gets a 404 problem, and one that the real
 * server would refuse gets a 400. Records all requests.
 */
export async function scriptedServer(script: Record<string, Reply | Reply[]>) {
  const received: Received[] = [];
  const turns = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const got: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    received.push(got);
    const key = `${got.method} ${got.path}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const scripted = script[key];
    let reply: Reply | undefined = Array.isArray(scripted) ? (scripted[turn] ?? scripted.at(-1)) : scripted;
    while (typeof reply === 'function') reply = reply(got);
    const refused = notTaken(got);
    if (refused !== null) reply = { status: 400, json: problem('request.invalid', refused, 400) };
    reply ??= { status: 404, json: problem('route.not-scripted', `${key} is not in the script.`, 404) };
    response.statusCode = reply.status ?? 200;
    response.setHeader('content-type', reply.type ?? 'application/json');
    if (reply.cutOff === true) {
      response.write(reply.text ?? '', () => response.destroy());
      return;
    }
    response.end(reply.text ?? (reply.json === undefined ? undefined : JSON.stringify(reply.json)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    requests: () => received.map(({ method, path }) => `${method} ${path}`),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function problem(code: string, title: string, status = 409, detail = 'What to do.') {
  return { type: 'about:blank', title, status, detail, code };
}
