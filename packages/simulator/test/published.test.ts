import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const packages = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'published-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@winesap'), { recursive: true });
  await run(process.execPath, [join(packages, 'contract/scripts/build.ts'), join(modules, '@winesap/contract')]);
  await run(process.execPath, [join(packages, 'simulator/scripts/build.ts'), join(modules, 'winesap-simulator')]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the published program runs by itself, with its portal page', async () => {
  const child = spawn(
    process.execPath,
    [join(folder, 'node_modules/winesap-simulator/main.js'), '--port', '0', '--scenario', 'small-school'],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, control } = JSON.parse(line);

  const pages = await Promise.all(
    ['/', '/portal.js', '/page.js', '/location.js', '/faults.js', '/portal.css'].map((path) =>
      fetch(`${control}${path}`),
    ),
  );
  const config = (await (await fetch(`${url}/mdm/v2/service/config`)).json()) as { limits: { maxAssets: number } };
  child.kill();
  await once(child, 'exit');

  expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(config.limits.maxAssets).toBe(25);
});

test('the published library starts and closes, and leaves nothing running', async () => {
  const program = `
    import { startSimulator } from 'winesap-simulator';
    import { controlClient } from 'winesap-simulator/control';
    import { errors } from '@winesap/contract';
    const simulator = await startSimulator({ clock: 'real' });
    const answer = await fetch(simulator.url + '/mdm/v2/assets', { headers: { authorization: 'Bearer x' } });
    const { status } = await controlClient(simulator.control).health();
    console.log((await answer.json()).errorNumber === errors['9622'].number && status === 'ok');
    await simulator.close();`;

  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    timeout: 20_000,
  });

  expect(stdout.trim()).toBe('true');
});
