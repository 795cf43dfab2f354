import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** POSTs a notification and gives the status, or the reason why there was none. Redirects are not followed. */
export function post(
  url: string,
  authToken: string | undefined,
  body: string,
  timeoutMs: number,
): Promise<number | string> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    try {
      const message = send(
        url,
        {
          method: 'POST',
          agent: false,
          timeout: timeoutMs,
          headers: {
            'content-type': 'application/json;charset=utf-8',
            'content-length': Buffer.byteLength(body),
            ...(authToken === undefined ? {} : { authorization: `Bearer ${authToken}` }),
          },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      message.on('timeout', () => message.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      message.on('error', (error) => resolve(error.message));
      message.end(body);
    } catch (error) {
      resolve(error instanceof Error ? error.message : String(error));
    }
  });
}
