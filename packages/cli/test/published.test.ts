import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appleSide } from './support/apple-side.ts';

const run = promisify(execFile);
const build = fileURLToPath(new URL('../scripts/build.ts', import.meta.url));
let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'published-'));
  await run(process.execPath, [build, join(folder, 'built')]);
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: join(folder, 'built') });
  tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  // Offline, so that it can't download anything else.
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function winesap(args: string[], env: Record<string, string> = {}) {
  const command = join(folder, 'node_modules/winesap/winesap.js');
  return run(process.execPath, [command, ...args], { cwd: folder, env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

test('the published check works with nothing else installed, in all its forms', async () => {
  await using side = await appleSide();
  const { path } = await side.token('a.vpptoken');
  const env = { WINESAP_APPLE_URL: side.url };

  const [people, json, prometheus] = await Promise.all([
    winesap(['check', path], env),
    winesap(['check', path, '--json'], env),
    winesap(['check', path, '--prometheus'], env),
  ]);

  expect([people.code, people.stdout.split(' | ')[0]]).toEqual([
    0,
    'WINESAP OK - Chicago HQ: This token works. 364 days left.',
  ]);
  expect(JSON.parse(json.stdout)).toMatchObject({ level: 'ok', exitCode: 0 });
  expect(prometheus.stdout).toContain('winesap_');
});

test('the package is small and includes the licenses of bundled packages', async () => {
  expect((await stat(tarball)).size).toBeLessThan(200_000);
  const licenses = await readFile(join(folder, 'node_modules/winesap/THIRD-PARTY-LICENSES.txt'), 'utf8');
  expect(licenses).toMatch(/^zod \d.*\(MIT\)/m);
});

test('a command that needs the server says which package is missing', async () => {
  const serve = await winesap(['serve']);
  const demo = await winesap(['demo', '--json']);

  expect([serve.code, serve.stderr]).toEqual([2, expect.stringContaining('@winesap/server, which is not installed')]);
  expect([demo.code, JSON.parse(demo.stderr)]).toEqual([2, expect.objectContaining({ code: 'usage.no-server' })]);
});
