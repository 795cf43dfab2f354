import { spawnSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type { ApiProblem } from '@winesap/api';
import { expect, test } from 'vitest';
import { MAX_TOKEN_FILE_BYTES, readTokenFile } from '../src/input/token-file-input.ts';
import { temporaryFolder } from './support/winesap.ts';

const nobody = Readable.from([]);

/** Returns the code of the refusal with which a promise rejects. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'no refusal',
    (error: ApiProblem) => error.problem.code,
  );
}

test('a file is read unchanged with its own name', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'sToken_for_Chicago HQ.vpptoken');
  writeFileSync(path, '\uFEFFabc\r\n');

  const file = await readTokenFile(path, nobody);

  expect(Buffer.from(file.bytes).toString()).toBe('\uFEFFabc\r\n');
  expect(file.name).toBe('sToken_for_Chicago HQ.vpptoken');
});

test('a file of 64 KiB is read, one byte more is refused', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'big');

  writeFileSync(path, Buffer.alloc(MAX_TOKEN_FILE_BYTES));
  expect((await readTokenFile(path, nobody)).bytes).toHaveLength(MAX_TOKEN_FILE_BYTES);

  writeFileSync(path, Buffer.alloc(MAX_TOKEN_FILE_BYTES + 1));
  expect(await codeOf(readTokenFile(path, nobody))).toBe('token-file.too-big');
});

test('a file of 1 GB is refused without being read', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'huge');
  writeFileSync(path, '');
  truncateSync(path, 2 ** 30);
  const before = process.memoryUsage().rss;

  expect(await codeOf(readTokenFile(path, nobody))).toBe('token-file.too-big');

  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
});

test('reading an endless device stops after the limit', async () => {
  expect(await codeOf(readTokenFile('/dev/zero', nobody))).toBe('token-file.too-big');
});

test('reading standard input stops after the limit, even if it never ends', async () => {
  const endless = new PassThrough();
  endless.write(Buffer.alloc(MAX_TOKEN_FILE_BYTES + 1));

  expect(await codeOf(readTokenFile('-', endless))).toBe('token-file.too-big');
});

test('standard input has no name', async () => {
  const file = await readTokenFile('-', Readable.from([Buffer.from('abc')]));

  expect(file).toEqual({ bytes: new Uint8Array([97, 98, 99]), name: null });
});

test('a missing file and a folder are explained in words', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'folder'));

  await expect(readTokenFile(join(folder.path, 'nowhere'), nobody)).rejects.toThrow('there is no such file');
  await expect(readTokenFile(join(folder.path, 'folder'), nobody)).rejects.toThrow('it is a folder');
});

test('a named pipe is read like a file', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'pipe');
  spawnSync('mkfifo', [path]);

  const [file] = await Promise.all([
    readTokenFile(path, nobody),
    import('node:fs/promises').then(({ writeFile }) => writeFile(path, 'abc')),
  ]);

  expect(Buffer.from(file.bytes).toString()).toBe('abc');
});
