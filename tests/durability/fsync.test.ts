import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const COMMITS = 200;
const WRITER = join(import.meta.dirname, '../../packages/server/test/engine-writer.ts');

/** One line of strace: which call on which file or folder, and for `write` with what data. */
interface Call {
  name: string;
  path: string;
  rest: string;
}

/**
 * Returns the system calls of a process that commits row after row and prints each number once it is committed. `-y`
 * shows paths beside file numbers, `-f` follows the threads.
 */
async function traceWriter(dataDir: string): Promise<Call[]> {
  const log = join(dataDir, 'calls');
  const command = ['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-s', '16', '-o', log];
  const writer = spawn('strace', [...command, process.execPath, WRITER, join(dataDir, 'data'), `${COMMITS}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writer.stdout.resume();
  const [code] = await once(writer, 'close');
  expect(code).toBe(0);
  return readFileSync(log, 'utf8').split('\n').flatMap(readCall);
}

function readCall(line: string): Call[] {
  const [, name, path, rest] = /(fsync|fdatasync|write)\(\d+<([^>]*)>(.*)/.exec(line) ?? [];
  return name && path ? [{ name, path, rest: rest ?? '' }] : [];
}

test('every commit of the embedded database is on disk before it is acknowledged', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'winesap-fsync-'));
  const calls = await traceWriter(dataDir);
  rmSync(dataDir, { recursive: true, force: true });

  // The writer prints a number after its commit. Between two of them, the database's log must reach the disk.
  let logSynced = 0;
  let acknowledged = 0;
  const early: string[] = [];
  for (const { name, path, rest } of calls) {
    if (name !== 'write' && path.includes('/pg_wal/')) logSynced += 1;
    if (name !== 'write' || !/^, "\d+\\n"/.test(rest) || path.includes(dataDir)) continue;
    acknowledged += 1;
    if (logSynced === 0) early.push(rest);
    logSynced = 0;
  }

  expect(acknowledged).toBe(COMMITS);
  expect(early).toEqual([]);
});

test('a new database is completely on disk, files and folders, before its first use', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'winesap-fsync-'));
  const calls = await traceWriter(dataDir);
  rmSync(dataDir, { recursive: true, force: true });

  const marked = calls.findIndex(({ name, path }) => name === 'fsync' && path.endsWith('/winesap-complete'));
  const before = calls
    .slice(0, marked)
    .filter(({ name }) => name === 'fsync')
    .map(({ path }) => path);

  expect(marked).toBeGreaterThan(0);
  for (const part of [
    '/data/database/global',
    '/data/database/base',
    '/data/database/pg_wal',
    '/data/database/global/pg_control',
  ]) {
    expect(
      before.some((path) => path.endsWith(part)),
      part,
    ).toBe(true);
  }
  const after = calls
    .slice(marked)
    .filter(({ name }) => name === 'fsync')
    .map(({ path }) => path);
  expect(after.some((path) => path.endsWith('/data/database'))).toBe(true);
});
