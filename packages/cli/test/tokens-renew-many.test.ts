import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspection, preview, revoked, row, token } from './support/documents.ts';
import { problem, type Received, type Reply, scriptedServer } from './support/scripted-server.ts';
import { temporaryFolder, winesap } from './support/winesap.ts';

const chicago = row({ health: revoked() });
const berlin = row({ locationName: 'Berlin', organizationName: 'Fabrikam' });
const held = { chicago, berlin };

function fileOf({ body }: Received): keyof typeof held | 'page' | 'stranger' {
  return body.toString().split('-')[0] as 'chicago';
}

/** A server that recognizes a file's token by the file's first word. */
const script = (change: Record<string, Reply> = {}): Record<string, Reply> => ({
  'POST /api/token-files/inspect': (request) => {
    const name = fileOf(request);
    if (name === 'page') return { status: 422, json: problem('token-file.html', 'This is a web page.', 422) };
    if (name === 'stranger') return { json: inspection() };
    const { tokenId, organizationId, organizationName, policyId, policyName } = held[name];
    return { json: inspection({ heldBy: { tokenId, organizationId, organizationName, policyId, policyName } }) };
  },
  ...Object.fromEntries(
    Object.values(held).flatMap((one) => [
      [`POST /api/tokens/${one.tokenId}/renewal/preview`, { json: preview(one) }],
      [`POST /api/tokens/${one.tokenId}/renewal`, { json: { token: token(one), text: 'Renewed.' } }],
    ]),
  ),
  ...change,
});

function files(folder: string, ...contents: string[]): string[] {
  return contents.map((content) => {
    const path = join(folder, `${content}.vpptoken`);
    writeFileSync(path, content);
    return path;
  });
}

test('each file renews its own token, and a wrong one stops none of the others', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());
  const paths = files(folder.path, 'chicago-1', 'page-1', 'berlin-1', 'stranger-1');

  const { code, out, err } = await winesap(server.url, ['tokens', 'renew', ...paths, '/nowhere', '--yes']);

  expect(code).toBe(1);
  expect(out).toMatch(
    /chicago-1\.vpptoken +Chicago HQ +Northwind +✓ until \d+ \w+ \d{4} · Apple ID changes · licenses: 3 new, 1 gone, 14 changed$/m,
  );
  expect(out).toMatch(/page-1\.vpptoken +✕ This is a web page\./);
  expect(out).toMatch(/stranger-1\.vpptoken +✕ Winesap holds no token for Chicago HQ\./);
  expect(out).toMatch(/nowhere +✕ .*there is no such file/);
  expect(out).toContain('2 tokens renewed, 3 files not used.');
  expect(err).toContain('✓ Chicago HQ: Renewed.');
  const saved = server.received.filter(({ path }) => path.endsWith('/renewal')).map(({ body }) => body.toString());
  expect(saved).toEqual(['chicago-1', 'berlin-1']);
});

test('of two files for one token, only the first is used', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());
  const paths = files(folder.path, 'chicago-1', 'chicago-2');

  const { code, out } = await winesap(server.url, ['tokens', 'renew', ...paths, '--yes', '--json']);

  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    renewed: [{ file: paths[0], text: 'Renewed.' }],
    notRenewed: [{ file: paths[1], problem: { code: 'renewal.same-token' } }],
  });
});

test('a token renewed concurrently does not stop the next one', async () => {
  using folder = temporaryFolder();
  const stale = { status: 409, json: problem('preview.stale', 'Somebody else renewed it meanwhile.') };
  await using server = await scriptedServer(script({ [`POST /api/tokens/${chicago.tokenId}/renewal`]: stale }));
  const paths = files(folder.path, 'chicago-1', 'berlin-1');

  const { code, out, err } = await winesap(server.url, ['tokens', 'renew', ...paths, '--yes']);

  expect(code).toBe(1);
  expect(err).toContain('Somebody else renewed it meanwhile.');
  expect(out).toContain('1 token renewed, 1 file not used.');
});

test('nothing is renewed without confirmation', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code } = await winesap(server.url, ['tokens', 'renew', ...files(folder.path, 'chicago-1', 'berlin-1')]);

  expect(code).toBe(2);
  expect(server.requests().filter((request) => request.endsWith('/renewal'))).toEqual([]);
});

test('a general refusal is reported once, not once per file', async () => {
  using folder = temporaryFolder();
  const refused = { status: 401, json: problem('request.not-signed-in', 'Nobody is signed in.', 401) };
  await using server = await scriptedServer({ 'POST /api/token-files/inspect': refused });

  const { code } = await winesap(server.url, ['tokens', 'renew', ...files(folder.path, 'chicago-1', 'berlin-1')]);

  expect(code).toBe(1);
  expect(server.received).toHaveLength(1);
});

test('a token can be renewed from only one file', async () => {
  using folder = temporaryFolder();
  const paths = files(folder.path, 'chicago-1', 'berlin-1');

  const { code, err } = await winesap(null, ['tokens', 'renew', 'Chicago HQ', ...paths]);

  expect(code).toBe(2);
  expect(err).toContain('“Chicago HQ” is no file, and one token is renewed from one file only.');
});
