import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { certificateIn } from '../src/tls/certificate-folder.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

test('the program prints one line when it listens, and ends on SIGTERM', async () => {
  const child = spawn(
    process.execPath,
    [main, '--port', '0', '--page-size', '7', '--clock', 'virtual', '--no-rate-limit'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, control } = JSON.parse(line);

  const settings = (await (await fetch(`${control}/settings`)).json()) as { pageSize: number; rateLimit: boolean };
  const exited = once(child, 'exit');
  child.kill('SIGTERM');

  expect(control).toBe(`${url}/_sim`);
  expect(settings).toMatchObject({ pageSize: 7, rateLimit: false });
  expect((await exited)[0]).toBe(0);
});

test('a receiver over https is told where its certificate is trusted, by NODE_EXTRA_CA_CERTS', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receiver-'));
  const receiver = createServer(certificateIn(folder), (_request, response) => response.writeHead(204).end());
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const notificationUrl = `https://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

  const outcomes = await Promise.all(
    [{}, { NODE_EXTRA_CA_CERTS: join(folder, 'certificate.pem') }].map((env) => configure(env, notificationUrl)),
  );
  receiver.close();
  await rm(folder, { recursive: true });

  expect(outcomes).toEqual([{ errorNumber: 9728 }, { notificationUrl }]);
});

/** Starts the program with that environment, and configures a receiver at a new location. */
async function configure(env: Record<string, string>, notificationUrl: string): Promise<object> {
  const child = spawn(process.execPath, [main, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const { url, control } = JSON.parse(line);
  const post = (path: string, body: object, headers = {}) =>
    fetch(path, { method: 'POST', body: JSON.stringify(body), headers });
  const location = await post(`${control}/locations`, { orgName: 'Lakeside', locationName: 'PS01' });
  const { uId } = (await location.json()) as { uId: string };
  const token = await (await post(`${control}/locations/${uId}/tokens`, {})).text();
  const answer = await post(
    `${url}/mdm/v2/client/config`,
    { notificationUrl, notificationAuthToken: 'hush' },
    { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  );
  const body = (await answer.json()) as { errorNumber?: number; notificationUrl?: string };
  child.kill();
  await once(child, 'exit');
  return body.errorNumber === undefined ? { notificationUrl: body.notificationUrl } : { errorNumber: body.errorNumber };
}

test('with --exit-with-parent it ends when the process that started it is killed', async () => {
  const starter = `
    const { spawn } = require('node:child_process');
    spawn(process.execPath, [${JSON.stringify(main)}, '--port', '0', '--exit-with-parent'], { stdio: 'inherit' });`;
  const parent = spawn(process.execPath, ['--eval', starter], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(createInterface(parent.stdout), 'line');
  const { control } = JSON.parse(line);
  expect(((await (await fetch(`${control}/health`)).json()) as { status: string }).status).toBe('ok');

  parent.kill('SIGKILL');
  // The pipe closes when the last process that has it ends.
  await once(parent, 'close');

  await expect(fetch(`${control}/health`)).rejects.toThrow();
});

test.each([[['--port', 'x']], [['--clock', 'slow']], [['--scenario', 'none']], [['--nonsense']]])(
  '%j is refused with a sentence and code 2',
  async (args) => {
    const child = spawn(process.execPath, [main, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'exit');

    expect(code).toBe(2);
    expect(said).toMatch(/\w+ \w+/);
    expect(said).not.toContain('    at ');
  },
);
