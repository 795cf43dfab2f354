import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWinesap, temporaryFolder, winesap } from './support/winesap.ts';

// One complete Winesap for the file: the demo as a person starts it. Each test uses its own token.
let child: ChildProcess;
let demo: {
  url: string;
  portalUrl: string;
  filesFolder: string;
  apiKeyFile: string;
  folder: string;
  owner: { email: string; password: string };
};

const FREE_PORTS = { WINESAP_PORT: '0', WINESAP_DEMO_APPLE_PORT: '0' };

beforeAll(async () => {
  const started = startWinesap(null, ['demo', '--json'], FREE_PORTS);
  child = started;
  let out = '';
  let err = '';
  started.stderr.on('data', (chunk) => {
    err += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    started.stdout.on('data', (chunk) => {
      out += chunk;
      if (out.includes('\n')) resolve();
    });
    started.on('close', (code) => reject(new Error(`The demo ended with ${code}: ${err}`)));
  });
  demo = JSON.parse(out);
});

afterAll(async () => {
  if (child.exitCode === null) {
    const closed = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGTERM');
    await closed;
  }
});

const ask = (...args: string[]) => winesap(demo.url, [...args, '--api-key-file', demo.apiKeyFile]);
const file = (name: string) => join(demo.filesFolder, name);

async function stateOf(location: string): Promise<string> {
  return JSON.parse((await ask('tokens', 'show', location, '--json')).out).health.state;
}

test('the demo has five tokens in five states, the worst first', async () => {
  const { out, code } = await ask('tokens', 'list', '--json', '--exit-code');

  expect(code).toBe(2);
  const { tokens, needYou } = JSON.parse(out);
  expect(needYou).toBe(4);
  expect(
    tokens
      .map((token: { locationName: string; health: { state: string } }) => [token.locationName, token.health.state])
      .sort(),
  ).toEqual([
    ['Berlin', 'claimed-elsewhere'],
    ['Chicago HQ', 'revoked'],
    ['Harbor Clinic', 'healthy'],
    ['Main', 'expiring'],
    ['PS01', 'expired'],
  ]);
  expect(tokens[0].health.severity).toBe('broken');
  expect(tokens.at(-1).health.severity).toBe('ok');
});

test('three assets are low on licenses', async () => {
  const { assets } = JSON.parse((await ask('licenses', 'low', '--json')).out);

  expect(assets.map(({ location }: { location: { locationName: string } }) => location.locationName)).toEqual(
    Array(3).fill('Chicago HQ'),
  );
});

test('find: the events of receiver type vpp-token quote Apple', async () => {
  const { out } = await ask('events', '--receiver-type', 'vpp-token', '--level', 'error');

  expect(out).toMatch(/401 - error while retrieving .+ \|\| 9625 - The server has revoked the sToken\./);
  expect(out).toMatch(/401 - error while retrieving .+ \|\| 9621 - /);
  expect(out).toContain('“Other MDM”');
});

test('renew: the file finds its token, which is healthy afterwards, without a write of assignments to Apple', async () => {
  const control = `${demo.portalUrl}requests`;
  await fetch(control, { method: 'DELETE' });

  const { code, out, err } = await ask('tokens', 'renew', file('sToken_for_Chicago HQ.vpptoken'), '--yes');

  expect({ code, err: err.replaceAll(/^(Scan:|Reading).*\n/gm, '') }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/Identification number +(\d{16}) +\1 += same/);
  expect(out).toMatch(/Licenses: 26 assets, 3 new, 2 counts changed/);
  expect(out).toMatch(/○ Healthy/);
  expect(await stateOf('Chicago HQ')).toBe('healthy');
  const { byPath } = (await (await fetch(control)).json()) as { byPath: Record<string, number> };
  const writes = Object.keys(byPath).filter((path) => !path.startsWith('GET '));
  expect(writes.filter((path) => !/\/(client\/config|VPPClientConfigSrv)$/.test(path))).toEqual([]);
});

test('the same file again is refused', async () => {
  const again = () => ask('tokens', 'renew', 'PS01', file('sToken_for_PS01.vpptoken'), '--yes', '--json');

  expect((await again()).code).toBe(0);
  const { code, out, err } = await again();

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(JSON.parse(err)).toMatchObject({ code: 'renewal.same-file' });
});

test.for([
  ['sToken_for_Denver Store.vpptoken', 'This file opens another location.', ''],
  ['Northwind_Token_smime.p7m', '', 'token-file.enrollment-token'],
  ['Apple Business.html', '', 'token-file.html'],
] as const)('the ready-made file %s is what it is said to be', async ([name, shown, problem]) => {
  const { code, out, err } = await ask('tokens', 'preview', 'Harbor Clinic', file(name));

  expect(code).toBe(1);
  expect(out).toContain(shown);
  expect(err).toContain(problem);
});

test('a file that is too big is refused locally in the server’s words', async () => {
  const bytes = Buffer.alloc(64 * 1024 + 1, 'A');
  const asked = await fetch(`${demo.url}/api/token-files/inspect`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-api-key': readFileSync(demo.apiKeyFile, 'utf8').trim() },
    body: bytes,
  });
  const words = (await asked.json()) as { title: string; detail: string; code: string };

  const { err } = await winesap(demo.url, ['tokens', 'preview', 'Main', '-', '--json'], { stdin: bytes });

  expect(JSON.parse(err)).toMatchObject({ code: words.code, title: words.title, detail: words.detail });
});

test('claimed elsewhere: the claim is taken only if it is named', async () => {
  const silently = await ask('tokens', 'mode', 'Berlin', 'manage', '--yes');
  expect(silently.code).toBe(1);
  expect(silently.err).toContain('claim.held');
  expect(await stateOf('Berlin')).toBe('claimed-elsewhere');

  const { out } = await ask('tokens', 'show', 'Berlin');
  const id = /--take-over-from (\S+)/.exec(out)?.[1] ?? '';
  expect((await ask('tokens', 'mode', 'Berlin', 'manage', '--take-over-from', id, '--yes')).code).toBe(0);
  expect(await stateOf('Berlin')).toBe('healthy');
});

test('remove and add: the location returns under its name, with its licenses', async () => {
  const removed = await ask('tokens', 'remove', 'Main', '--confirm', 'Main');
  expect(removed.code).toBe(0);
  expect(removed.out).toMatch(/Will not happen\n.*stay assigned at Apple/);
  expect((await ask('tokens', 'show', 'Main')).err).toContain('token.not-found');

  const added = await ask(
    'tokens',
    'add',
    'Contoso/Everyone',
    file('sToken_for_Main.vpptoken'),
    '--mode',
    'watch',
    '--yes',
  );
  expect(added.code).toBe(0);
  expect((await ask('tokens', 'show', 'Main')).out).toMatch(/Licenses +12 assets, 480 assignments/);
});

test('a customer’s upload waits until it is confirmed, and its link is used up', async () => {
  const { tokens } = JSON.parse((await ask('tokens', 'list', '--search', 'Harbor', '--json')).out);
  const fresh = await fetch(`${demo.portalUrl}locations/${tokens[0].uId}/tokens`, { method: 'POST', body: '{}' });
  const { url } = JSON.parse((await ask('tokens', 'upload-link', 'Harbor Clinic', '--days', '3', '--json')).out);

  const sent = await fetch(url.replace('/upload/', '/api/upload/'), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: await fresh.text(),
  });
  expect(await sent.json()).toMatchObject({ outcome: 'waiting' });
  const [upload] = JSON.parse((await ask('tokens', 'uploads', 'list', '--json')).out).waiting;
  const confirmed = await ask('tokens', 'uploads', 'confirm', upload.id, '--yes');

  expect(confirmed.code).toBe(0);
  expect(confirmed.out).toMatch(/Is this the right token\?.*○ Healthy/s);
  expect((await ask('tokens', 'uploads', 'list', 'Harbor Clinic')).out).toBe('No file waits.\n');
  expect((await ask('tokens', 'uploads', 'decline', upload.id)).err).toContain('upload.settled');
  expect((await ask('tokens', 'upload-link', 'Harbor Clinic', '--list')).out).toMatch(/^used /m);
});

test('a scan shows what it has read', async () => {
  const { code, out } = await ask('tokens', 'scan', 'Harbor Clinic');

  expect(code).toBe(0);
  expect(out).toMatch(/^Read 8 assets and 360 assignments with \d+ requests? to Apple\.\n/);
});

test('licenses of a location are listed, found by holder, and released after typing the holder again', async () => {
  const { tokens } = JSON.parse((await ask('tokens', 'list', '--json')).out);
  const { locationName, uId } = tokens.find(
    (row: { mode: string; health: { state: string } }) => row.mode === 'manage' && row.health.state === 'healthy',
  );

  const listed = JSON.parse((await ask('licenses', uId, '--sort', 'assigned', '--order', 'desc', '--json')).out);
  const [asset] = listed.assets;
  const csv = await ask('licenses', locationName, '--asset', asset.adamId, '--csv');
  const holders = csv.out.trim().split('\n').slice(1);
  expect(holders).toHaveLength(asset.assigned);
  const [kind = '', holder = ''] = holders[0]?.trim().split(',') ?? [];
  const held = await ask('licenses', 'holder', holder.toLowerCase());
  expect(held.out).toContain(asset.name ?? asset.adamId);
  expect((await ask('licenses', 'export', uId)).out).toContain(holder);

  const user = kind === 'user' ? ['--user'] : [];
  const unsure = await ask('licenses', 'release', uId, asset.adamId, holder, ...user);
  expect(unsure).toMatchObject({ code: 2 });
  expect(unsure.err).toContain('--confirm');
  const released = await ask('licenses', 'release', uId, asset.adamId, holder, '--confirm', holder, ...user);
  expect(released).toMatchObject({ code: 0 });
  expect(released.out).toContain('Released.');
  const history = JSON.parse((await ask('licenses', 'history', uId, asset.adamId, '--json')).out);
  expect(history.days.at(-1)).toMatchObject({ assigned: asset.assigned - 1 });
  expect((await ask('tokens', 'scans', uId)).out).toMatch(/added .*succeeded/);
});

test('the school of the demo has retired people who still hold a book', async () => {
  const found = JSON.parse((await ask('licenses', 'users', 'PS01', '--status', 'Retired', '--holding', '--json')).out);

  expect(found).toMatchObject({ total: 40, more: false });
  expect(found.users.map(({ clientUserId }: { clientUserId: string }) => clientUserId)).toEqual([
    'person-008',
    'person-016',
    'person-024',
    'person-032',
    'person-040',
  ]);
  expect((await ask('licenses', 'holder', 'person-008')).out).toContain('person-008 is Retired, person-008@');
});

test('a threshold is set for one asset, and removed', async () => {
  const { tokens } = JSON.parse((await ask('tokens', 'list', '--json')).out);
  const { uId } = tokens.find((row: { health: { state: string } }) => row.health.state === 'healthy');
  const { assets } = JSON.parse((await ask('licenses', uId, '--json')).out);
  const { adamId } = assets.find(
    ({ unlimited, productType }: { unlimited: boolean; productType: string }) => !unlimited && productType === 'App',
  );

  const of = ['--location', uId, '--asset', adamId];
  expect((await ask('licenses', 'threshold', '100%', ...of)).out).toContain('at most 100 %');
  expect((await ask('licenses', 'low')).out).toContain(adamId);
  expect((await ask('licenses', 'threshold', 'inherit', ...of)).out).not.toContain('at most 100 %');
  expect((await ask('licenses', 'threshold', 'some', ...of)).code).toBe(2);
});

test('login creates a key with the demo’s password, logout revokes it', async () => {
  using home = temporaryFolder();
  const given = { env: { HOME: home.path } };
  const login = ['login', '--email', demo.owner.email, '--password-file', join(demo.folder, 'owner-password')];

  expect((await winesap(demo.url, login, given)).code).toBe(0);
  expect((await winesap(demo.url, ['tokens', 'list'], given)).code).toBe(0);
  expect((await winesap(demo.url, ['logout'], given)).code).toBe(0);
  expect((await winesap(demo.url, ['tokens', 'list'], given)).err).toContain('request.not-signed-in');
});

test("policies show which ones inherit, and a policy that inherits can't hold a token", async () => {
  expect((await ask('policies', 'list', 'Northwind')).out).toMatch(
    /Northwind\/Retail\/Stores East +\S+ \w+, inherited/,
  );

  const { code, err } = await ask(
    'tokens',
    'add',
    'Northwind/Stores East',
    file('sToken_for_Denver Store.vpptoken'),
    '--mode',
    'watch',
    '--yes',
  );

  expect(code).toBe(1);
  expect(err).toContain('policy.inherits-token');
});

test('the demo stops in order and leaves nothing', async () => {
  const closed = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGINT');

  expect(await closed).toBe(0);
  expect(existsSync(demo.folder)).toBe(false);
});
