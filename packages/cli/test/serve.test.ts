import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startWinesap, temporaryFolder, winesap } from './support/winesap.ts';

test('serve listens, tells the first run, and ends in order on SIGTERM', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  const env = { WINESAP_PORT: '0', WINESAP_DATA_DIR: join(folder.path, 'data'), WINESAP_LOG_LEVEL: 'warn' };
  const child = startWinesap(null, ['serve'], env);
  let out = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      if (out.includes('first owner')) resolve();
    });
    child.on('close', () => reject(new Error(out)));
  });
  await ready;

  const second = await winesap(null, ['serve'], { env });
  const url = /^Winesap listens on (http:\S+)$/m.exec(out)?.[1];
  const status = (await (await fetch(`${url}/api/status`)).json()) as { status: string };
  const closed = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');

  expect(await closed).toBe(0);
  expect(status.status).toBe('ok');
  expect(second).toMatchObject({ code: 1, out: '' });
  expect(second.err).toContain('data-folder.in-use');
});

test('wrong settings are all named at once', async () => {
  const { code, out, err } = await winesap(null, ['serve'], {
    env: { WINESAP_PORT: 'x', WINESAP_PROT: '1', WINESAP_EVENT_DAYS: '-3' },
  });

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('Did you mean WINESAP_PORT?');
  expect(err).toMatch(/WINESAP_PORT has to be/);
  expect(err).toMatch(/WINESAP_EVENT_DAYS has to be/);
});

test('a taken port is said in words', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const port = String((taken.address() as AddressInfo).port);

  const { code, err } = await winesap(null, ['serve'], {
    env: { WINESAP_PORT: port, WINESAP_DATA_DIR: mkdtempSync(join(folder.path, 'data-')), WINESAP_LOG_LEVEL: 'silent' },
  });
  await new Promise((resolve) => taken.close(resolve));

  expect(code).toBe(1);
  expect(err).toContain(`Port ${port} of 127.0.0.1 is taken.`);
});

test('a demo is not built into a folder that holds something', async () => {
  using folder = temporaryFolder();
  mkdtempSync(join(folder.path, 'something-'));

  const { code, err } = await winesap(null, ['demo', '--keep', folder.path]);

  expect(code).toBe(2);
  expect(err).toContain('is not empty');
});
