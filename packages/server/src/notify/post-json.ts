import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import { resolveTarget, TargetRefused } from './resolve-target.ts';
import { SendError } from './send-error.ts';

/** The limit for reading a response; none of it is kept. */
const MAX_ANSWER_BYTES = 4096;

export interface Answer {
  status: number;
  /** Returns the header with this name, unchanged. */
  retryAfter: string | undefined;
}

/**
 * Sends one POST: follows no redirects, checks certificates, and limits the total time. It uses Node's own agents, and
 * with them the network's proxy if Node was started with one (`NODE_USE_ENV_PROXY`). Errors: TargetRefused; SendError
 * if it takes too long; the connection's error.
 */
export async function postJson(input: {
  url: string;
  headers: Record<string, string>;
  body: string;
  allowPrivate: boolean;
  timeoutMs: number;
}): Promise<Answer> {
  const url = new URL(input.url);
  const lookup = await pinned(url.hostname, input.allowPrivate);
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      headers: {
        ...input.headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(input.body),
        'user-agent': 'Winesap',
        // The other side may close an idle connection at the moment of its reuse.
        connection: 'close',
      },
      lookup,
      signal: AbortSignal.timeout(input.timeoutMs),
    });
    sending.on('error', (error) =>
      reject(error.name === 'AbortError' ? new SendError(`No answer within ${input.timeoutMs} ms.`) : error),
    );
    sending.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      letGo(response);
    });
    sending.end(input.body);
  });
}

/**
 * Connects to the address that was checked. Node calls this only if it connects to the receiver directly: a name that
 * can't be resolved here fails, and is left to the proxy if there is one. Errors: TargetRefused.
 */
async function pinned(host: string, allowPrivate: boolean): Promise<LookupFunction> {
  try {
    const target = await resolveTarget(host, allowPrivate);
    return (_host, options, done) => {
      if (options.all) done(null, [target]);
      else done(null, target.address, target.family);
    };
  } catch (error) {
    if (error instanceof TargetRefused) throw error;
    return (_host, _options, done) => done(error as NodeJS.ErrnoException, '');
  }
}

/** The status counts, whatever happens to the body. */
function letGo(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes >= MAX_ANSWER_BYTES) response.destroy();
  });
}
