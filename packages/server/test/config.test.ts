import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../src/config/load-config.ts';
import { SETTINGS } from '../src/config/settings.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('no setting is required', () => {
  expect(loadConfig({ PATH: '/bin' })).toMatchObject({
    port: 8470,
    host: '127.0.0.1',
    dataDir: './data',
    databaseUrl: undefined,
    appleUrl: 'https://vpp.itunes.apple.com',
    eventDays: 90,
    checkMinutes: 60,
    demo: false,
  });
});

test('every problem is named at once, without the values', () => {
  const problems = problemsOf({
    WINESAP_PORT: 'eighty',
    WINESAP_EVENT_DAYS: '0',
    WINESAP_DATABASE_URL: 'mysql://root:hunter2@db/winesap',
    WINESAP_OWNER_EMAIL: 'owner@example.com',
  });

  expect(problems).toEqual([
    'WINESAP_PORT has to be a whole number from 0 to 65535.',
    'WINESAP_DATABASE_URL has to be an address like postgresql://user@host/database.',
    'WINESAP_EVENT_DAYS has to be a whole number from 1 to 3650.',
    'WINESAP_OWNER_EMAIL and WINESAP_OWNER_PASSWORD_FILE go together: set both or none.',
  ]);
});

test.each([
  ['postgresql://u@db.example/w', undefined, 'plain'],
  ['postgresql://u@db.example/w?sslmode=disable', 'verify-full', 'plain'],
  ['postgresql://u@db.example/w', 'disable', 'plain'],
  ['postgresql://u@db.example/w', 'require', 'verified'],
  ['postgresql://u@db.example/w?sslmode=verify-full', undefined, 'verified'],
  ['postgresql://u@db.example/w?sslmode=require', undefined, 'verified'],
  ['postgresql://u@db.example/w?ssl=true', undefined, 'verified'],
  ['postgresql://u@db.example/w?sslrootcert=/etc/ca.pem', undefined, 'verified'],
  ['postgresql://u@db.example/w?sslmode=require&uselibpqcompat=true', undefined, 'unverified'],
  ['postgresql://u@db.example/w?sslmode=no-verify', undefined, 'unverified'],
  ['postgresql://u@10.1.2.3/w', undefined, 'plain'],
  ['postgresql://u@[2001:db8::1]/w', undefined, 'plain'],
  ['postgresql://u@localhost/w', undefined, 'local'],
  ['postgresql://u@127.0.0.1:6432/w', undefined, 'local'],
  ['postgresql://u@[::1]/w', undefined, 'local'],
  ['postgresql:///w?host=/var/run/postgresql', undefined, 'local'],
  ['postgresql://u@%2Fvar%2Frun%2Fpostgresql/w', undefined, 'local'],
  ['postgresql://u@localhost.example/w', undefined, 'plain'],
])('the way to the database at %s (PGSSLMODE %s) is %s', (url, PGSSLMODE, way) => {
  expect(loadConfig({ WINESAP_DATABASE_URL: url, PGSSLMODE }).databaseTls).toBe(way);
});

test('a mistyped name is refused with the probable one', () => {
  expect(problemsOf({ WINESAP_DATADIR: '/srv' })).toEqual([
    'WINESAP_DATADIR is no setting of Winesap. Did you mean WINESAP_DATA_DIR?',
  ]);
  expect(problemsOf({ WINESAP_COLOR_OF_APPLES: 'red' })).toEqual(['WINESAP_COLOR_OF_APPLES is no setting of Winesap.']);
});

test('names of the command line are ignored, and empty values count as unset', () => {
  expect(
    loadConfig({ WINESAP_URL: 'http://x', WINESAP_API_KEY: 'k', WINESAP_DEMO_SPEED: '2', WINESAP_PORT: '' }).port,
  ).toBe(8470);
});

test('addresses lose their trailing slash and must not carry a password', () => {
  expect(loadConfig({ WINESAP_PUBLIC_URL: 'https://winesap.example/' }).publicUrl).toBe('https://winesap.example');
  expect(problemsOf({ WINESAP_APPLE_URL: 'https://me:pw@apple.example' })).toEqual([
    'WINESAP_APPLE_URL must not contain a user name or password.',
  ]);
});

test('secrets print as [secret] in any output', () => {
  const { sealKey, databaseUrl } = loadConfig({
    WINESAP_SEAL_KEY: 'hunter2',
    WINESAP_DATABASE_URL: 'postgres://u:hunter2@h/d',
  });

  expect(
    `${sealKey} ${JSON.stringify({ databaseUrl })} ${inspect({ sealKey, databaseUrl }, { showHidden: true, depth: 9 })}`,
  ).not.toContain('hunter2');
  expect(`${sealKey}`).toBe('[secret]');
  expect(sealKey?.reveal()).toBe('hunter2');
});

test('the manual’s table matches the schema', () => {
  const manual = readFileSync(join(import.meta.dirname, '../../../docs/settings.md'), 'utf8');

  const rows = manual.split('\n').filter((line) => line.startsWith('| `WINESAP_'));

  expect(rows).toEqual(
    Object.values(SETTINGS).map(
      ({ name, byDefault, means }) => `| \`${name}\` | ${byDefault ? `\`${byDefault}\`` : ''} | ${means} |`,
    ),
  );
});
