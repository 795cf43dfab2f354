import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, winesap } from './support/winesap.ts';

const KEY = 'wk_0123456789abcdef';

/** Signs one person in, creates and revokes one key, and lets that key list tokens. */
async function signInServer() {
  let keyIsGood = false;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = (status: number, json?: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    };
    const problem = (status: number, title: string) =>
      answer(status, { type: 'about:blank', title, status, detail: '', code: 'sign-in.refused' });
    switch (`${request.method} ${request.url}`) {
      case 'POST /api/auth/sign-in/email':
        if (JSON.parse(body).password !== 'apples-keep-longer') return problem(401, 'Wrong password.');
        response.setHeader('set-cookie', ['winesap.session_token=abc; Path=/; HttpOnly']);
        return answer(200, { user: { id: '1' } });
      case 'POST /api/keys':
        if (request.headers.cookie !== 'winesap.session_token=abc') return problem(401, 'No session.');
        keyIsGood = true;
        return answer(201, {
          id: 'key-1',
          name: JSON.parse(body).name,
          start: 'wk_',
          createdAt: '2026-11-22T12:00:00Z',
          expiresAt: '2027-11-22T12:00:00Z',
          lastUsedAt: null,
          key: KEY,
        });
      case 'POST /api/auth/sign-out':
        return answer(200, {});
      case 'DELETE /api/keys/key-1':
        if (request.headers['x-api-key'] === KEY) keyIsGood = false;
        return answer(204);
      case 'GET /api/tokens':
        if (!keyIsGood || request.headers['x-api-key'] !== KEY) return problem(401, 'Nobody is signed in.');
        return answer(200, { tokens: [], counts: { broken: 0, soon: 0, unknown: 0, ok: 0 }, needYou: 0 });
      default:
        return problem(404, `${request.method} ${request.url}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keyIsGood: () => keyIsGood,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('login stores a key for this server in a private file, commands use it, logout revokes it', async () => {
  using server = await signInServer();
  using home = temporaryFolder();
  const env = { HOME: home.path };
  const passwordFile = join(home.path, 'password');
  writeFileSync(passwordFile, 'apples-keep-longer\n');

  const login = await winesap(server.url, ['login', '--email', 'a@b.example', '--password-file', passwordFile], {
    env,
  });
  expect(login).toMatchObject({ code: 0, err: '' });
  expect(login.out).not.toContain(KEY);
  const kept = join(home.path, '.config', 'winesap', 'keys.json');
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ [server.url]: { id: 'key-1', key: KEY } });
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect((await winesap(server.url, ['tokens', 'list'], { env })).code).toBe(0);

  const logout = await winesap(server.url, ['logout'], { env });
  expect(logout.out).toBe('The key is ended and forgotten.\n');
  expect(server.keyIsGood()).toBe(false);
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({});
});

test('a wrong password stores nothing, and there is no prompt without a terminal', async () => {
  using server = await signInServer();
  using home = temporaryFolder();
  const env = { HOME: home.path };
  const passwordFile = join(home.path, 'password');
  writeFileSync(passwordFile, 'wrong');

  const wrong = await winesap(server.url, ['login', '--email', 'a@b.example', '--password-file', passwordFile], {
    env,
  });
  const unasked = await winesap(server.url, ['login', '--email', 'a@b.example'], { env });

  expect(wrong).toMatchObject({ code: 1, out: '' });
  expect(wrong.err).toContain('Wrong password.');
  expect(unasked).toMatchObject({ code: 2, out: '' });
  expect(unasked.err).toContain('Give --password-file.');
});

test('a key stored for one server is not sent to another', async () => {
  using server = await signInServer();
  using home = temporaryFolder();
  const env = { HOME: home.path, XDG_CONFIG_HOME: join(home.path, 'elsewhere') };
  const passwordFile = join(home.path, 'password');
  writeFileSync(passwordFile, 'apples-keep-longer');
  await winesap(server.url, ['login', '--email', 'a@b.example', '--password-file', passwordFile], { env });

  const other = await winesap(server.url.replace('127.0.0.1', 'localhost'), ['tokens', 'list'], { env });

  expect(other.code).toBe(1);
});

test("keys add signs in, because a key can't create a key, and shows when the new one expires", async () => {
  using server = await signInServer();
  using home = temporaryFolder();
  const env = { HOME: home.path, WINESAP_API_KEY: 'wk_another_key_of_mine' };
  const passwordFile = join(home.path, 'password');
  const keyFile = join(home.path, 'key');
  writeFileSync(passwordFile, 'apples-keep-longer');
  const signIn = ['--email', 'a@b.example', '--password-file', passwordFile];

  const added = await winesap(server.url, ['keys', 'add', 'monitoring', '--output', keyFile, ...signIn], { env });

  expect(added).toMatchObject({ code: 0, err: '' });
  expect(added.out).toBe(`The key is in ${keyFile}. It expires on 22 Nov 2027.\n`);
  expect(readFileSync(keyFile, 'utf8')).toBe(`${KEY}\n`);
});
