import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import * as worker from '../examples/worker.ts';
import { type AppleWorld, appleWorld } from './apple-world.ts';

const home = fileURLToPath(new URL('..', import.meta.url));

/** Runs an example as a reader would: on a token file, in its own process. */
function runExample(
  name: string,
  args: string[],
  url: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, APPLE_URL: url } };
    execFile(process.execPath, [join(home, 'examples', name), ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

async function tokenFile(apple: AppleWorld): Promise<{ uId: string; file: string }> {
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '361309726', quantity: 2 });
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sToken_for_Main Street.vpptoken');
  writeFileSync(file, `${contentToken}\r\n`);
  return { uId, file };
}

test('check.ts reports whether a token works, also after it was revoked', async () => {
  const apple = await appleWorld();
  const { uId, file } = await tokenFile(apple);

  const alive = await runExample('check.ts', [file, apple.url], apple.url);
  const [location] = (await apple.act<{ locations: { managedDomain: string }[] }>('GET', '/locations')).locations;
  await apple.act('POST', `/accounts/content@${location?.managedDomain}/reset-password`, {});
  const dead = await runExample('check.ts', [file, apple.url], apple.url);

  expect(alive).toMatchObject({ code: 0, stderr: '' });
  expect(alive.stdout).toMatch(
    new RegExp(`^Main Street \\(${uId}\\) until \\d{4}-\\d\\d-\\d\\d\nmanaged by nobody\n$`),
  );
  expect(dead).toMatchObject({ code: 2, stderr: '' });
  expect(dead.stdout).toMatch(/^401 - error while retrieving client config \|\| 9625 - /);
});

test('assign.ts assigns an app to devices, and read.ts lists its holders', async () => {
  const apple = await appleWorld();
  const { file } = await tokenFile(apple);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });

  const assigned = await runExample('assign.ts', [file, '361309726', 'S1', 'S2'], apple.url);
  const read = await runExample('read.ts', [file, apple.url], apple.url);

  expect(assigned).toEqual({ code: 0, stdout: 'S1 done\nS2 done\n', stderr: '' });
  expect(read).toEqual({ code: 0, stdout: '361309726: 2 of 2\n2 assignments\n0 new since\n', stderr: '' });
});

test('worker.ts receives notifications', async () => {
  const request = new Request('https://winesap.example/hooks', {
    method: 'POST',
    headers: { authorization: 'Bearer the one before' },
    body: JSON.stringify({ notificationId: 'n', notificationType: 'TEST_NOTIFICATION', uId: '1', notification: {} }),
  });

  expect((await worker.default.fetch(request)).status).toBe(200);
});

test('the README shows the examples as they are', () => {
  const readme = readFileSync(join(home, 'README.md'), 'utf8');

  for (const name of readdirSync(join(home, 'examples'))) {
    expect(readme, name).toContain(`\`\`\`ts\n${readFileSync(join(home, 'examples', name), 'utf8')}\`\`\``);
  }
});
