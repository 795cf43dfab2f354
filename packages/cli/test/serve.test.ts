import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, until } from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { expect, test } from 'vitest';
import { MAIN, startWinesap, temporaryFolder, winesap } from './support/winesap.ts';

/** Starts a server in its own process. Resolves when it has printed its address. */
async function serve(env: Record<string, string>) {
  const child = startWinesap(null, ['serve'], env);
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  let out = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const said = /^Winesap listens on (http:\S+)\n/m.exec(out)?.[1];
      if (said !== undefined) resolve(said);
    });
    child.on('close', (code) => reject(new Error(`It ended with ${code}: ${out}`)));
  });
  return {
    url,
    said: () => out,
    stop: async () => {
      child.kill('SIGTERM');
      return await closed;
    },
  };
}

test('serve listens, locks its data, and stops in order on SIGTERM', async () => {
  using folder = await newDataFolder();
  const env = { WINESAP_PORT: '0', WINESAP_DATA_DIR: folder.dataDir, WINESAP_LOG_LEVEL: 'warn' };
  const winesapAt = await serve(env);

  const status = (await (await fetch(`${winesapAt.url}/api/status`)).json()) as { status: string };
  const [second, early] = await Promise.all([winesap(null, ['serve'], { env }), winesap(null, ['reseal'], { env })]);
  const code = await winesapAt.stop();
  const resealed = await winesap(null, ['reseal'], { env });

  expect(status.status).toBe('ok');
  expect(second).toMatchObject({ code: 1, out: '' });
  expect(second.err).toContain('data-folder.in-use');
  expect(code).toBe(0);
  expect(early.err).toContain('data-folder.in-use');
  expect(resealed).toMatchObject({ code: 0, err: '' });
  expect(resealed.out).toContain('0 stored secrets sealed again');
  expect(winesapAt.said()).toMatch(
    /Open it to make the first owner\. The setup code is [A-Z2-9]{4}(-[A-Z2-9]{4}){2}\n/,
  );
});

test('serve continues when neither its output nor its log can be written', async () => {
  using folder = await newDataFolder();
  const port = await freePort();
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { HOME: '/nonexistent', WINESAP_PORT: port, WINESAP_DATA_DIR: folder.dataDir },
    stdio: ['ignore', full, full],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const get = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;

  await until(
    'it to answer',
    () => get('/api/status').catch(() => null),
    (status) => status === 200,
    { withinMs: 45_000 },
  );
  // Each of them is a line of the log.
  const refused = [await get('/api/tokens'), await get('/api/tokens')];
  const still = await get('/api/status');
  child.kill('SIGTERM');

  expect(refused).toEqual([401, 401]);
  expect(still).toBe(200);
  expect(await closed).toBe(0);
  closeSync(full);
});

test('a worker without a shared PostgreSQL server says what it needs', async () => {
  const worker = await winesap(null, ['worker'], { env: { WINESAP_WORKER_PORT: '0' } });

  expect(worker).toMatchObject({ code: 2, out: '' });
  expect(worker.err).toContain('WINESAP_DATABASE_URL is not set: a worker shares a PostgreSQL server');
});

test('reset-password restores access', async () => {
  using folder = temporaryFolder();
  const passwordFile = join(folder.path, 'password');
  writeFileSync(passwordFile, 'forgotten-for-ever');
  using place = await newDataFolder();
  const data = { WINESAP_DATA_DIR: place.dataDir, WINESAP_LOG_LEVEL: 'warn' };
  const env = { ...data, WINESAP_PORT: '0', HOME: folder.path };
  const owner = { WINESAP_OWNER_EMAIL: 'owner@winesap.example', WINESAP_OWNER_PASSWORD_FILE: passwordFile };
  const first = await serve({ ...env, ...owner });
  const reset = (email: string, password: string) =>
    winesap(null, ['people', 'reset-password', email, '--password-file', '-'], { env: data, stdin: password });

  expect((await reset('owner@winesap.example', 'a-new-password\n')).err).toContain('data-folder.in-use');
  await first.stop();
  expect((await reset('owner@winesap.example', 'short')).err).toContain('usage.password');
  expect((await reset('nobody@winesap.example', 'a-new-password')).err).toContain('person.not-found');
  expect(await reset('owner@winesap.example', 'a-new-password\n')).toMatchObject({ code: 0, err: '' });

  const second = await serve(env);
  const login = (password: string) =>
    winesap(second.url, ['login', '--email', 'owner@winesap.example', '--password-file', '-'], {
      env,
      stdin: password,
    });
  expect((await login('forgotten-for-ever')).code).toBe(1);
  expect((await login('a-new-password')).code).toBe(0);
  expect(await second.stop()).toBe(0);
});

test('wrong settings are all named at once', async () => {
  const { code, out, err } = await winesap(null, ['serve'], {
    env: { WINESAP_PORT: 'x', WINESAP_PROT: '1', WINESAP_EVENT_DAYS: '-3' },
  });

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Did you mean WINESAP_PORT?');
  expect(err).toMatch(/WINESAP_PORT has to be/);
  expect(err).toMatch(/WINESAP_EVENT_DAYS has to be/);
});

test('a port in use is explained in words', async () => {
  using folder = await newDataFolder();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const port = String((taken.address() as AddressInfo).port);

  const { code, err } = await winesap(null, ['serve'], {
    env: { WINESAP_PORT: port, WINESAP_DATA_DIR: folder.dataDir, WINESAP_LOG_LEVEL: 'silent' },
  });
  await new Promise((resolve) => taken.close(resolve));

  expect(code).toBe(1);
  expect(err).toContain(`Port ${port} of 127.0.0.1 is taken.`);
});

test("the demo refuses a folder that isn't empty", async () => {
  using folder = temporaryFolder();
  mkdtempSync(join(folder.path, 'something-'));

  const { code, err } = await winesap(null, ['demo', '--keep', folder.path]);

  expect(code).toBe(2);
  expect(err).toContain('is not empty');
});
