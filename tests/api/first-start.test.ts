import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@winesap/api';
import { serve, work } from '@winesap/server';
import { OWNER, signIn } from '@winesap/testkit';
import { createTestDatabase, type TestDatabase } from '@winesap/testkit/postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';

let database: TestDatabase;
let folder: string;
let log: string[];
let env: Record<string, string>;

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = await mkdtemp(join(tmpdir(), 'winesap-first-'));
  log = [];
  env = {
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: join(folder, 'data'),
    WINESAP_DATABASE_URL: database.url,
    WINESAP_APPLE_URL: 'http://127.0.0.1:1',
    WINESAP_LOG_LEVEL: 'info',
  };
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const warnings = () =>
  log
    .map((line) => JSON.parse(line) as { level: string; message: string; file?: string; mode?: string })
    .filter(({ level }) => level === 'warn');

test('several processes can start for the first time at once, with one owner from the settings', async () => {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, OWNER.password, { mode: 0o600 });
  const owned = { ...env, WINESAP_OWNER_EMAIL: OWNER.email, WINESAP_OWNER_PASSWORD_FILE: passwordFile };
  const options = { env: owned, log: { write: (line: string) => log.push(line) } };

  const [server, ...workers] = await Promise.all([serve(options), work(options), work(options), work(options)]);

  const { api } = await signIn(server.url, OWNER);
  const { people } = await api.call(routes.listPeople, {});
  expect(people.map(({ email, role }) => ({ email, role }))).toEqual([{ email: OWNER.email, role: 'owner' }]);
  expect(log.filter((line) => line.includes('first owner made from the settings'))).toHaveLength(1);
  await Promise.all([server, ...workers].map((process) => process.stop()));
});

test('a key file that everyone can read is named in the log, and Winesap starts', async () => {
  const file = join(folder, 'keys');
  await writeFile(file, Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64'), { mode: 0o644 });

  const server = await serve({
    env: { ...env, WINESAP_SEAL_KEY_FILE: file },
    log: { write: (line: string) => log.push(line) },
  });
  await server.stop();

  expect(warnings()).toEqual([expect.objectContaining({ file, mode: '644' })]);
});

test('a database reached without TLS over the network is named in the log before anything is sent', async () => {
  const away = { ...env, WINESAP_DATABASE_URL: 'postgresql://winesap:hunter2@db.example.invalid/winesap' };

  await expect(serve({ env: away, log: { write: (line: string) => log.push(line) } })).rejects.toMatchObject({
    code: 'database.unreachable',
  });

  expect(warnings().map(({ message }) => message)).toEqual([
    'the connection to the database is not encrypted: put sslmode=verify-full into WINESAP_DATABASE_URL (docs/operations.md)',
  ]);
  expect(log.join('')).not.toContain('hunter2');
});
