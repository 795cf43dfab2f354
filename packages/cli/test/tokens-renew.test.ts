import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { daysAhead, hoursAgo, inspection, preview, revoked, row, scan, token, tokenList } from './support/documents.ts';
import { problem, type Reply, scriptedServer } from './support/scripted-server.ts';
import { temporaryFolder, winesap } from './support/winesap.ts';

const dead = row({ health: revoked() });
const well = row({ ...dead, health: row().health, lastSyncAt: hoursAgo(0) });
const running = scan({ state: 'running' });
const path = `/api/tokens/${dead.tokenId}`;

const script = (change: Record<string, Reply | Reply[]> = {}): Record<string, Reply | Reply[]> => ({
  'GET /api/tokens': tokenList([dead]),
  [`POST ${path}/renewal/preview`]: { json: preview(dead) },
  [`POST ${path}/renewal`]: { json: { token: token(well, { scan: running }), text: 'Renewed.' } },
  [`GET /api/scans/${running.id}`]: [{ json: running }, { json: { ...running, state: 'succeeded' } }],
  [`GET ${path}`]: { json: token(well) },
  ...change,
});

function tokenFile(folder: string, text = 'fresh-token-file'): string {
  const file = join(folder, 'fresh.vpptoken');
  writeFileSync(file, text);
  return file;
}

test('renewing shows old and new, saves exactly the file that was shown, and waits until the token is healthy', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code, out, err } = await winesap(server.url, [
    'tokens',
    'renew',
    'chicago hq',
    tokenFile(folder.path),
    '--yes',
  ]);

  expect(code).toBe(0);
  expect(out).toMatch(/Identification number +2049025000431439 +2049025000431439 += same/);
  expect(out).toMatch(/Apple ID +a@northwind.example +b@northwind.example +→ changed/);
  expect(out).toMatch(/Expires +\d+ \w+ \d{4} \(expired 2 days ago\) +\d+ \w+ \d{4} \(365 days left\) +→ changed/);
  expect(out).toContain('Licenses: 212 assets, 3 new, 1 gone, 14 counts changed');
  expect(out).toContain('+ Orchard Notes  40 licenses');
  expect(out).toContain('Renewing changes no assignment and removes no app from any device.');
  expect(out).toMatch(/○ Healthy .*\n {2}Last successful sync just now\./);
  expect(err).toContain(
    'Reading from Apple: assets 212 of 212 · assignments 48,000 of 61,204 · 3 requests · about 12 s left',
  );
  const renewal = server.received.find(({ path: at }) => at.endsWith('/renewal'));
  expect(renewal?.body.toString()).toBe('fresh-token-file');
  expect(Object.fromEntries(renewal?.query ?? [])).toEqual({
    fileName: 'fresh.vpptoken',
    fingerprint: 'f1f1f1f1f1f1f1f1',
    tokenVersion: '7',
  });
});

test('without a terminal and without --yes nothing is renewed', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code, err } = await winesap(server.url, ['tokens', 'renew', 'Chicago HQ', tokenFile(folder.path)]);

  expect(code).toBe(2);
  expect(err).toContain('Repeat the command with --yes.');
  expect(server.requests()).not.toContain(`POST ${path}/renewal`);
});

test('a single file finds its token by the location it opens', async () => {
  using folder = temporaryFolder();
  const { tokenId, organizationId, organizationName, policyId, policyName } = dead;
  await using server = await scriptedServer(
    script({
      'POST /api/token-files/inspect': {
        json: inspection({ heldBy: { tokenId, organizationId, organizationName, policyId, policyName } }),
      },
    }),
  );

  const { code } = await winesap(server.url, ['tokens', 'renew', tokenFile(folder.path), '--yes', '--no-wait']);

  expect(code).toBe(0);
  expect(server.requests()).toEqual([
    'POST /api/token-files/inspect',
    `POST ${path}/renewal/preview`,
    `POST ${path}/renewal`,
  ]);
});

test('a single file for an unknown location is explained, not renewed', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script({ 'POST /api/token-files/inspect': { json: inspection() } }));

  const { code, err } = await winesap(server.url, ['tokens', 'renew', tokenFile(folder.path), '--yes']);

  expect(code).toBe(1);
  expect(err).toContain('Winesap holds no token for Chicago HQ (identification number 2049025000431439).');
  expect(err).toContain('winesap tokens add');
});

test('a file from standard input rules out questions', async () => {
  await using server = await scriptedServer(script());
  const renew = ['tokens', 'renew', 'Chicago HQ', '-', '--no-wait'];

  expect((await winesap(server.url, renew, { stdin: 'fresh' })).code).toBe(2);
  expect((await winesap(server.url, [...renew, '--yes'], { stdin: 'fresh' })).code).toBe(0);
  expect(server.received.find(({ path: at }) => at.endsWith('/renewal'))?.body.toString()).toBe('fresh');
});

const mismatch = preview(dead, {
  verdict: 'refused',
  refusal: {
    code: 'renewal.location-mismatch',
    title: 'This file opens another location.',
    detail: 'Remove the token first, then add the new one.',
  },
  rows: [{ field: 'uId', label: 'Identification number', stored: '1', fresh: '2', change: 'wrong' }],
  dryRun: null,
});

test('a file for another location is refused with both identities, and nothing is sent', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script({ [`POST ${path}/renewal/preview`]: { json: mismatch } }));

  const { code, out } = await winesap(server.url, ['tokens', 'renew', 'Chicago HQ', tokenFile(folder.path), '--yes']);

  expect(code).toBe(1);
  expect(out).toMatch(/Identification number +1 +2 +✕ differs/);
  expect(out).toContain('✕ This file opens another location.');
  expect(out).toContain('Remove the token first, then add the new one.');
  expect(server.requests()).not.toContain(`POST ${path}/renewal`);
});

test('with --json the refusal is a problem document on standard error, and standard output stays empty', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script({ [`POST ${path}/renewal/preview`]: { json: mismatch } }));

  const outcome = await winesap(server.url, [
    'tokens',
    'renew',
    'Chicago HQ',
    tokenFile(folder.path),
    '--yes',
    '--json',
  ]);

  expect(outcome.code).toBe(1);
  expect(outcome.out).toBe('');
  expect(JSON.parse(outcome.err)).toMatchObject({
    code: 'renewal.location-mismatch',
    title: 'This file opens another location.',
  });
});

test('with --json a renewal prints one document: the renewed token', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code, out, err } = await winesap(server.url, [
    'tokens',
    'renew',
    'Chicago HQ',
    tokenFile(folder.path),
    '--yes',
    '--json',
  ]);

  expect(code).toBe(0);
  expect(err).toBe('');
  expect(JSON.parse(out)).toMatchObject({
    text: 'Renewed.',
    token: { tokenId: dead.tokenId, health: { state: 'healthy' } },
  });
});

test('an older file needs --accept-older', async () => {
  using folder = temporaryFolder();
  const older = preview(dead, {
    verdict: 'needs-consent',
    refusal: { code: 'renewal.older-file', title: 'This file expires earlier.', detail: `It ends on ${daysAhead(3)}.` },
  });
  await using server = await scriptedServer(script({ [`POST ${path}/renewal/preview`]: { json: older } }));
  const renew = ['tokens', 'renew', 'Chicago HQ', tokenFile(folder.path), '--yes', '--no-wait'];

  const refused = await winesap(server.url, renew);
  const accepted = await winesap(server.url, [...renew, '--accept-older']);

  expect(refused.code).toBe(1);
  expect(refused.out).toContain('add --accept-older');
  expect(accepted.code).toBe(0);
  expect(server.received.at(-1)?.query.get('acceptOlder')).toBe('true');
});

test('a stale preview is explained in the server’s words', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(
    script({
      [`POST ${path}/renewal`]: { status: 409, json: problem('preview.stale', 'Somebody else renewed it meanwhile.') },
    }),
  );

  const { code, err } = await winesap(server.url, ['tokens', 'renew', 'Chicago HQ', tokenFile(folder.path), '--yes']);

  expect(code).toBe(1);
  expect(err).toBe('✕ Somebody else renewed it meanwhile.\n  What to do.\n  preview.stale\n');
});

test('a scan that fails after the renewal is explained', async () => {
  using folder = temporaryFolder();
  const failed = {
    ...running,
    state: 'failed',
    failure: { code: 'apple.away', text: 'Apple’s service was away.', apple: null },
  };
  await using server = await scriptedServer(script({ [`GET /api/scans/${running.id}`]: { json: failed } }));

  const { code, out, err } = await winesap(server.url, [
    'tokens',
    'renew',
    'Chicago HQ',
    tokenFile(folder.path),
    '--yes',
  ]);

  expect(code).toBe(1);
  expect(out).toContain('Renewed.');
  expect(err).toContain('✕ Apple’s service was away.');
});

test('preview shows the same and saves nothing', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());
  const file = tokenFile(folder.path);

  const { code, out } = await winesap(server.url, ['tokens', 'preview', dead.uId, file]);

  expect(code).toBe(0);
  expect(out).toContain('✓ This file can renew the token.');
  expect(server.requests()).toEqual(['GET /api/tokens', `POST ${path}/renewal/preview`]);
});
