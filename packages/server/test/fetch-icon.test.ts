import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchIcon } from '../src/http/edge/fetch-icon.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function store(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an icon is fetched completely', async () => {
  const url = await store((_request, response) => {
    response.setHeader('content-type', 'image/png');
    response.end(Buffer.alloc(500 * 1024, 1));
  });

  const icon = await fetchIcon(`${url}/icon.png`, url);

  expect(icon?.type).toBe('image/png');
  expect(icon?.bytes).toHaveLength(500 * 1024);
});

test('the download of an endless icon stops after half a megabyte and closes the connection', async () => {
  const hungUp = Promise.withResolvers<number>();
  const url = await store((_request, response) => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!response.closed && response.write(chunk)) sent += chunk.length;
    };
    response.setHeader('content-type', 'image/png');
    response.on('drain', () => {
      sent += chunk.length;
      more();
    });
    response.on('close', () => hungUp.resolve(sent));
    more();
  });

  expect(await fetchIcon(`${url}/icon.png`, url)).toBeNull();

  // Buffered data counts, too.
  expect(await hungUp.promise).toBeLessThan(8 * 1024 * 1024);
});

test.each([
  ['says that it is too big', { 'content-type': 'image/png', 'content-length': '600000' }],
  ['is no picture', { 'content-type': 'text/html' }],
])('of an answer that %s nothing is read', async (_, headers) => {
  const hungUp = Promise.withResolvers<void>();
  const url = await store((_request, response) => {
    response.writeHead(200, headers);
    response.write('x');
    response.on('close', () => hungUp.resolve());
  });

  expect(await fetchIcon(`${url}/icon.png`, url)).toBeNull();

  await hungUp.promise;
});

test('nothing is asked of a host that is not of the store', async () => {
  let asked = 0;
  const url = await store((_request, response) => {
    asked += 1;
    response.end();
  });

  expect(await fetchIcon(`${url}/icon.png`, 'https://vpp.itunes.apple.com')).toBeNull();

  expect(asked).toBe(0);
});
