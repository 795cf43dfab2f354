import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Problem, routes } from '@winesap/api';
import { createStrictApi, OWNER, type Session, signIn } from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const GIGABYTE = 1024 ** 3;
const MAY_GROW_BYTES = 60 * 1024 ** 2;

let server: ChildProcess;
let folder: string;
let url: string;
let owner: Session;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winesap-big-'));
  server = spawn(process.execPath, [PROGRAM, 'serve', '--json'], {
    env: {
      PATH: process.env.PATH,
      WINESAP_PORT: '0',
      WINESAP_DATA_DIR: folder,
      WINESAP_APPLE_URL: 'http://127.0.0.1:1',
      WINESAP_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { url: address, setupCode } = await listening(server);
  url = address;
  await createStrictApi({ baseUrl: url, headers: { origin: url } }).call(routes.setUp, {
    body: { ...OWNER, setupCode },
  });
  owner = await signIn(url, OWNER);
});

afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

test('a file of 1 GB is refused while it is read, with or without an announced size', async () => {
  const before = await residentBytes();
  let most = before;
  const looking = setInterval(async () => {
    most = Math.max(most, await residentBytes());
  }, 20);

  const told = await upload({ 'content-length': String(GIGABYTE) });
  const untold = await upload({ 'transfer-encoding': 'chunked' });
  const stranger = await upload({ 'transfer-encoding': 'chunked', cookie: '' });
  clearInterval(looking);

  for (const { problem, sentBytes } of [told, untold]) {
    expect(problem).toMatchObject({ code: 'token-file.too-big', status: 413 });
    expect(problem.detail).toContain('Nothing was stored.');
    expect(sentBytes).toBeLessThan(GIGABYTE / 16);
  }
  expect(stranger.problem).toMatchObject({ code: 'request.not-signed-in', status: 401 });
  expect(stranger.sentBytes).toBeLessThan(GIGABYTE / 16);
  expect(most - before).toBeLessThan(MAY_GROW_BYTES);
  const { events } = await owner.api.call(routes.listEvents, {});
  expect(events.map(({ code }) => code)).toEqual(['person.added']);
});

/**
 * Sends at the server's speed until everything is sent or the answer has arrived. If the connection closes before the
 * answer is read, sends it again.
 */
async function upload(headers: Record<string, string>, tries = 8): Promise<{ problem: Problem; sentBytes: number }> {
  try {
    return await uploadOnce(headers);
  } catch (error) {
    const isClosed = ['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (!isClosed || tries <= 1) throw error;
    return upload(headers, tries - 1);
  }
}

async function uploadOnce(headers: Record<string, string>): Promise<{ problem: Problem; sentBytes: number }> {
  const piece = Buffer.alloc(256 * 1024, 'QUJD');
  let sentBytes = 0;
  return new Promise((resolve, reject) => {
    const sending = request(`${url}/api/token-files/inspect?fileName=backup.tar`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', origin: url, cookie: owner.cookie, ...headers },
    });
    let answered = false;
    sending.on('response', (response) => {
      answered = true;
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        sending.destroy();
        resolve({ problem: Problem.parse(JSON.parse(Buffer.concat(parts).toString('utf8'))), sentBytes });
      });
      response.on('error', reject);
    });
    // After its answer, the server may close the connection while data is still being sent.
    sending.on('error', (error) => {
      if (!answered) reject(error);
    });
    const send = () => {
      while (!answered && sentBytes < GIGABYTE && !sending.destroyed) {
        sentBytes += piece.length;
        if (!sending.write(piece)) {
          sending.once('drain', () => setImmediate(send));
          return;
        }
      }
      if (!answered) sending.end();
    };
    send();
  });
}

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

async function listening(program: ChildProcess): Promise<{ url: string; setupCode: string }> {
  const { stdout } = program;
  if (stdout === null) throw new Error('The server was started without its output.');
  for await (const line of createInterface(stdout)) {
    const { url: found, setupCode = '' } = JSON.parse(line) as { url?: string; setupCode?: string };
    if (found !== undefined) return { url: found, setupCode };
  }
  throw new Error('The server ended before it listened.');
}
