import { request } from 'node:http';
import { routes } from '@winesap/api';
import { createStrictApi, OWNER, type Stack, startStack } from '@winesap/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawRequest } from './raw-request.ts';

let stack: Stack;

beforeAll(async () => {
  const env = { WINESAP_PUBLIC_URL: 'https://winesap.example', WINESAP_ALLOWED_HOSTS: 'Winesap.internal, backup' };
  stack = await startStack({ firstRun: true, env });
});
afterAll(() => stack?.stop());

interface Answer {
  status: number;
  body: string;
}

/** Requests under another name than the one that leads there, as a browser does after DNS rebinding. */
function askAs(host: string, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(stack.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { host, 'content-type': 'application/json' },
    });
    asking.on('error', reject);
    asking.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const OURS = [
  'localhost:8470',
  'LOCALHOST',
  '127.0.0.1:1',
  '127.8.9.1',
  '[::1]:8470',
  'winesap.localhost',
  'winesap.example',
  'winesap.example:443',
  'WINESAP.internal:8470',
  'backup.',
];

const FOREIGN = [
  'evil.example',
  'evil.example:8470',
  'winesap.example.evil.example',
  'localhost.evil.example',
  '192.0.2.7:8470',
  '[2001:db8::7]',
];

const NO_HOST = ['[', '[::1', 'evil.example@localhost', 'localhost:port', 'local host', 'localhost/..', ''];

test.each(OURS)('the name %s is ours', async (host) => {
  expect((await askAs(host, '/api/setup')).status).toBe(200);
});

describe.each(FOREIGN)('the name %s is not ours', (host) => {
  test('and gets no response from the API or the console', async () => {
    for (const path of ['/api/setup', '/api/tokens', '/', '/nowhere', '/hooks/apple/none']) {
      const { status, body } = await askAs(host, path);

      expect({ path, status, code: JSON.parse(body).code }).toEqual({
        path,
        status: 421,
        code: 'request.foreign-host',
      });
    }
  });

  test("and can't create an owner, even with the code", async () => {
    const answer = await askAs(host, '/api/setup', { ...OWNER, setupCode: stack.setupCode });

    expect(answer.status).toBe(421);
    const { needed } = await createStrictApi({ baseUrl: stack.url }).call(routes.getSetup, {});
    expect(needed).toBe(true);
  });

  test('but a probe gets an answer under it', async () => {
    expect((await askAs(host, '/api/status')).status).toBe(200);
  });
});

test.each(NO_HOST)("“%s” isn't a host, and breaks nothing", async (host) => {
  const head = `POST /api/auth/sign-in/email HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json`;
  const body = '{"email":"a@b.example","password":"x"}';
  const text = `${head}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;

  const { answer } = await rawRequest(stack.url, text);

  expect(answer).toContain('HTTP/1.1 400');
  expect(answer).toContain('"code":"request.invalid"');
  expect(stack.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

test('behind https the API description names the session cookie', async () => {
  const headers = { origin: 'https://winesap.example', 'content-type': 'application/json' };
  const post = (path: string, body: object) =>
    fetch(stack.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  await post('/api/setup', { ...OWNER, setupCode: stack.setupCode });

  const signedIn = await post('/api/auth/sign-in/email', { email: OWNER.email, password: OWNER.password });
  const cookie = signedIn.headers.getSetCookie()[0] ?? '';
  const document = await (await fetch(`${stack.url}/api/openapi.json`, { headers: { cookie } })).json();

  const { name } = (document as { components: { securitySchemes: { session: { name: string } } } }).components
    .securitySchemes.session;
  expect(cookie.startsWith(`${name}=`)).toBe(true);
  expect(name).toMatch(/^__Secure-/);
});
