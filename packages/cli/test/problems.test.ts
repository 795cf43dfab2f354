import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { row, scan, tokenList } from './support/documents.ts';
import { problem, scriptedServer } from './support/scripted-server.ts';
import { startWinesap, temporaryFolder, winesap } from './support/winesap.ts';

test('an unreachable server is exit code 3 and three lines', async () => {
  const { code, out, err } = await winesap('http://127.0.0.1:2', ['tokens', 'list']);

  expect(code).toBe(3);
  expect(out).toBe('');
  expect(err).toBe(
    '✕ Winesap does not answer at http://127.0.0.1:2.\n  Nothing listens there. Is Winesap running? Start it with winesap serve, or say where it is with --url.\n  api.unreachable\n',
  );
});

test.for([
  ['a page of a proxy with status 200', { text: '<html>', type: 'text/html' }, 'api.unreadable'],
  ['a page of a proxy with status 502', { status: 502, text: '<html>', type: 'text/html' }, 'api.unreadable'],
  ['a redirect, which would take the key along', { status: 302, text: '' }, 'api.unreadable'],
  ['half a document', { text: '{"tokens":[' }, 'api.unreadable'],
  ['a failure of the server', { status: 500, json: problem('internal', 'Something broke.', 500) }, 'internal'],
] as const)('%s is no answer', async ([, reply, expected]) => {
  await using server = await scriptedServer({ 'GET /api/tokens': reply });

  const { code, err } = await winesap(server.url, ['tokens', 'list', '--json']);

  expect(code).toBe(3);
  expect(JSON.parse(err)).toMatchObject({ code: expected });
});

test('a refusal is exit code 1, and without a key the next step explains how to pass one', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': { status: 401, json: problem('request.not-signed-in', 'Sign in first.', 401, '') },
  });

  const { code, err } = await winesap(server.url, ['tokens', 'list']);

  expect(code).toBe(1);
  expect(err).toContain(
    '✕ Sign in first.\n  The API key is missing, or has ended. Run winesap login, or give a key with --api-key-file FILE',
  );
});

test.for([
  [['tokens', 'lst'], 'unknown command'],
  [['tokens', 'list', '--state', 'sick'], 'is not a state of a token'],
  [['tokens', 'add', 'Northwind', 'file'], '--mode'],
  [['tokens', 'preview', 'HQ'], 'missing required argument'],
  [['tokens', 'list', '--url', 'ftp://example.org'], 'is not the address of a Winesap server'],
  [['tokens', 'list', '--api-key-file', '/nonexistent'], 'cannot be read'],
  [['events', '--since', 'yesterday'], 'is not a time I understand'],
  [['events', '--limit', 'many'], 'is not a number of rows'],
] as const)('wrong usage is exit code 2: %s', async ([args, words]) => {
  const { code, err } = await winesap('http://127.0.0.1:2', args);

  expect(code).toBe(2);
  expect(err).toContain(words);
});

test('the version and the help of a command are not failures', async () => {
  expect(await winesap(null, ['--version'])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  expect(await winesap(null, ['help', 'tokens'])).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('Usage: winesap tokens'),
  });
});

test('no command prints the help with exit code 2, and --help with 0', async () => {
  const none = await winesap(null, []);
  const help = await winesap(null, ['--help']);

  expect(none).toMatchObject({ code: 2, out: '' });
  expect(none.err).toContain('Usage: winesap');
  expect(help).toMatchObject({ code: 0, err: '' });
  expect(help.out).toContain('Exit codes: 0 done');
});

test('the key file takes precedence over the environment, and the key is sent as x-api-key', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'key');
  writeFileSync(file, 'key-from-file\n');
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([]) });
  const env = { WINESAP_API_KEY: 'key-from-environment' };

  await winesap(server.url, ['tokens', 'list'], { env });
  await winesap(server.url, ['tokens', 'list', '--api-key-file', file], { env });

  expect(server.received.map(({ headers }) => headers['x-api-key'])).toEqual(['key-from-environment', 'key-from-file']);
});

test('a key that no header can carry is refused without being shown', async () => {
  const { code, err } = await winesap('http://127.0.0.1:2', ['tokens', 'list'], {
    env: { WINESAP_API_KEY: 'one secret\nanother secret' },
  });

  expect(code).toBe(2);
  expect(err).toContain('WINESAP_API_KEY does not hold an API key.');
  expect(err).not.toContain('secret');
});

test('an ambiguous name is refused with all candidates', async () => {
  const one = row({ locationName: 'Main', organizationName: 'Contoso', uId: '1' });
  const other = row({ locationName: 'Main', organizationName: 'Fabrikam', uId: '2' });
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([one, other]) });

  const { code, err } = await winesap(server.url, ['tokens', 'show', 'main']);

  expect(code).toBe(1);
  expect(err).toContain('2 tokens are called “main”.');
  expect(err).toContain('1 (Contoso/Main), 2 (Fabrikam/Main)');
});

test('Ctrl-C ends quietly', async () => {
  let asked = () => {};
  const waiting = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const row1 = row();
  const queued = scan({ state: 'queued' });
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList([row1]),
    [`POST /api/tokens/${row1.tokenId}/scans`]: { json: queued },
    [`GET /api/scans/${queued.id}`]: () => {
      asked();
      return { json: queued };
    },
  });
  const child = startWinesap(server.url, ['tokens', 'scan', row1.uId]);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });

  await waiting;
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));

  expect(code).toBe(130);
  expect(err.replace('Scan: waiting for its turn\n', '')).toBe('');
});

test('output cut short by its reader is not a failure', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList(Array.from({ length: 3000 }, () => row())),
  });
  const child = startWinesap(server.url, ['tokens', 'list']);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });

  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));

  expect({ code, err }).toEqual({ code: 0, err: '' });
});
