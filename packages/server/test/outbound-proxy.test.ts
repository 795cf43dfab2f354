import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { SendOutcome } from '@winesap/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('send-once.ts', import.meta.url));
const run = promisify(execFile);

/** A proxy that answers for every receiver over HTTP, and opens no tunnels. */
let proxy: Server;
let asked: string[] = [];
let receiver: Server;
let received: string[] = [];

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

beforeAll(async () => {
  proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(204).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden by the proxy\r\n\r\n');
  });
  receiver = createServer((request, response) => {
    received.push(request.url ?? '');
    response.writeHead(200).end();
  });
  await Promise.all([listen(proxy), listen(receiver)]);
});
beforeEach(() => {
  asked = [];
  received = [];
});
afterAll(() => {
  proxy.close();
  receiver.close();
});

async function send(url: string, env: Record<string, string> = {}, allow: 'allow' | 'refuse' = 'refuse') {
  const { stdout } = await run(process.execPath, [PROGRAM, 'slack', JSON.stringify({ url }), allow], {
    env: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: urlOf(proxy), HTTPS_PROXY: urlOf(proxy), ...env },
  });
  return JSON.parse(stdout) as SendOutcome;
}

test("messages go through the network's proxy, which resolves the receiver’s name", async () => {
  const outcome = await send('http://hooks.example.invalid/x');

  expect(outcome).toEqual({ kind: 'sent', note: 'HTTP 204' });
  expect(asked).toEqual(['POST http://hooks.example.invalid/x']);
});

test('https messages ask the proxy for a tunnel, and report when it opens none', async () => {
  const outcome = await send('https://hooks.example.invalid/x');

  expect(asked).toEqual(['CONNECT hooks.example.invalid:443']);
  expect(outcome.kind).toBe('failed');
  expect(outcome.note).toBe('The proxy of this network did not let the message through. (ERR_PROXY_TUNNEL)');
});

test('a receiver that NO_PROXY names is reached directly', async () => {
  const outcome = await send(`${urlOf(receiver)}/direct`, { NO_PROXY: '127.0.0.1' }, 'allow');

  expect(outcome.kind).toBe('sent');
  expect([asked, received]).toEqual([[], ['/direct']]);
});

test.each(['http://0x7f.1/x', 'https://localhost/x'])('the private address %s is not sent to a proxy', async (url) => {
  const outcome = await send(url);

  expect(outcome.note).toContain('is a private address');
  expect(asked).toEqual([]);
});

test('without NODE_USE_ENV_PROXY the proxy is not used', async () => {
  const outcome = await send('http://hooks.example.invalid/x', { NODE_USE_ENV_PROXY: '' });

  expect(outcome.note).toMatch(/^The name of the receiver (is not known to DNS|could not be looked up)/);
  expect(asked).toEqual([]);
});
