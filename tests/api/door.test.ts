import { type AnyRoute, routes } from '@winesap/api';
import { patience, type Stack, startStack } from '@winesap/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rawRequest } from './raw-request.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ env: { WINESAP_REQUEST_SECONDS: '1' } });
});
afterAll(() => stack?.stop());
beforeEach(() => {
  stack.log.length = 0;
});

const errorsLogged = () => stack.log.filter((line) => line.includes('"level":"error"'));

/** The routes that read JSON from strangers. */
const PUBLIC_JSON = (Object.entries(routes) as [string, AnyRoute][])
  .filter(([, { access, body }]) => access === 'public' && typeof body === 'object')
  .map(([id, route]) => ({ id, route }));

function post(path: string, body: string, headers: Record<string, string> = {}) {
  return fetch(stack.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stack.url, ...headers },
    body,
  });
}

describe('input from strangers', () => {
  test('includes setup and sign-in', () => {
    expect(PUBLIC_JSON.map(({ id }) => id)).toEqual(expect.arrayContaining(['setUp', 'signIn', 'signOut']));
  });

  test.each(PUBLIC_JSON)('is read up to 4 KB by $id', async ({ route }) => {
    const response = await post(route.path, JSON.stringify({ name: 'x'.repeat(5_000) }));

    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'request.too-big' });
  });

  test.each([
    ...PUBLIC_JSON.map(({ id, route }) => ({ id, path: route.path, cookie: false })),
    { id: 'changePassword', path: routes.changePassword.path, cookie: true },
    { id: 'addOrganization', path: routes.addOrganization.path, cookie: true },
  ])('is refused by $id when it nests a thousand deep, and breaks nothing', async ({ path, cookie }) => {
    const deep = '['.repeat(1_000) + ']'.repeat(1_000);

    for (const body of [deep, `{"email":${deep}}`, '{"a":'.repeat(700)]) {
      const response = await post(path, body, cookie ? { cookie: stack.owner.cookie } : {});

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'request.too-deep' });
    }
    expect(errorsLogged()).toEqual([]);
  });

  test('may contain any number of brackets in a text', async () => {
    const response = await post('/api/auth/sign-in/email', JSON.stringify({ email: '['.repeat(100), password: '"[{' }));

    expect(await response.json()).toMatchObject({ code: 'sign-in.refused' });
  });

  test('arrives within seconds, or the connection ends with a reason', async () => {
    const head = `POST /api/setup HTTP/1.1\r\nhost: ${new URL(stack.url).host}\r\ncontent-type: application/json`;

    const slowBody = rawRequest(stack.url, `${head}\r\ncontent-length: 100\r\n\r\n{"name":`);
    const slowHead = rawRequest(stack.url, `${head}\r\nx-never: en`);

    for (const { answer, ms } of await Promise.all([slowBody, slowHead])) {
      expect(ms).toBeLessThan(5_000 * patience());
      expect(answer).toContain('408 Request Timeout');
      expect(answer).toContain('"code":"request.too-slow"');
    }
  });

  test("that isn't HTTP is answered with a problem document", async () => {
    const { answer } = await rawRequest(stack.url, 'HELO winesap\r\n\r\n');

    expect(answer).toContain('400 Bad Request');
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"code":"request.invalid"');
    expect(answer).toContain('x-content-type-options: nosniff');
  });
});

test.each(['/%ff', '/api/%ff', '/api/tokens/%ff', `/api/events/${'9'.repeat(500)}`, '/nowhere.js'])(
  'the answer to %s carries the security headers',
  async (path) => {
    const response = await fetch(stack.url + path);
    await response.arrayBuffer();

    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  },
);

test("an address that can't be decoded is refused by code", async () => {
  const response = await fetch(`${stack.url}/api/%ff`);

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'request.invalid' });
  expect(errorsLogged()).toEqual([]);
});

test("a body that isn't JSON is refused with the expected type", async () => {
  const headers = { 'content-type': 'text/plain', cookie: stack.owner.cookie };
  const response = await post('/api/organizations', 'name=Orchard', headers);

  expect(response.status).toBe(400);
  const { detail } = (await response.json()) as { detail: string };
  expect(detail).toBe('the body: has to be JSON, sent with the content type application/json.');
});
