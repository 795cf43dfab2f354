import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { resolveTarget } from './resolve-target.ts';

/** More of an answer is not read. */
const MAX_ANSWER_BYTES = 4096;

export interface Answer {
  status: number;
  text: string;
  /** The header of this name, as it came. */
  retryAfter: string | undefined;
}

/**
 * One POST: no redirect followed, certificates checked, the time limited as a whole, only the beginning of the answer
 * kept. Errors: TargetRefused; whatever the connection ends in.
 */
export async function postJson(input: {
  url: string;
  headers: Record<string, string>;
  body: string;
  allowPrivate: boolean;
  timeoutMs: number;
}): Promise<Answer> {
  const url = new URL(input.url);
  const target = await resolveTarget(url.hostname, input.allowPrivate);
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      agent: false,
      headers: {
        ...input.headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(input.body),
        'user-agent': 'Winesap',
      },
      lookup: (_host, options, done) => {
        if (options.all) done(null, [target]);
        else done(null, target.address, target.family);
      },
      signal: AbortSignal.timeout(input.timeoutMs),
    });
    sending.on('error', (error) =>
      reject(error.name === 'AbortError' ? new Error(`No answer within ${input.timeoutMs} ms.`) : error),
    );
    sending.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          retryAfter: response.headers['retry-after'],
        });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, MAX_ANSWER_BYTES - bytes));
        bytes += chunk.length;
        if (bytes < MAX_ANSWER_BYTES) return;
        done();
        response.destroy();
      });
      response.on('end', done);
      // The status stands; a body that breaks off changes nothing about it.
      response.on('error', done);
    });
    sending.end(input.body);
  });
}
