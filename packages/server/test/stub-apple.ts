import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Apple's answer to one request. Text is sent as it is, anything else as JSON. */
export interface Said {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface StubApple {
  url: string;
  /** The requests, in order: `GET /mdm/v2/assets`. */
  readonly asked: string[];
  /** Their times, in milliseconds. */
  readonly askedAt: number[];
}

export const UID = '2049025000431439';
export const CONFIG = { uId: UID, locationName: 'Chicago', tokenExpirationDate: '2030-11-08T22:33:22+0000' };
export const PAGE = { currentPageIndex: 0, totalPages: 1, size: 0, versionId: 'v1', uId: UID };

/** Apple as a test scripts it, answer by answer. It closes when the test ends. */
export async function stubApple(says: (request: string, number: number) => Said): Promise<StubApple> {
  const asked: string[] = [];
  const askedAt: number[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://apple').pathname;
    asked.push(`${request.method} ${path}`);
    askedAt.push(performance.now());
    const { status = 200, headers, body } = says(`${request.method} ${path}`, asked.length);
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, askedAt };
}
