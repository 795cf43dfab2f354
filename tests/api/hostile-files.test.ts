import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type AnyRoute, type CallInput, routes, urlOf } from '@winesap/api';
import { ERROR_CODES, MAX_TOKEN_FILE_BYTES } from '@winesap/core';
import {
  addOrganization,
  checkProblem,
  type HeldLocation,
  holdLocation,
  type Stack,
  startStack,
  storedRows,
} from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileFiles, oddlyDressed } from './hostile-files/all-files.ts';
import type { HostileFile } from './hostile-files/hostile-file.ts';

const COMMAND = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const FORM = 'multipart/form-data; boundary=x';
const CONTENT_TYPES = ['text/plain', 'application/json', FORM];
const AT_ONCE = 12;
const PIECE_BYTES = 48 * 1024;
const PATIENCE_MS = 5_000;
const MAY_KEEP_BYTES = 24 * 1024 ** 2;
/**
 * The possible codes of a file, and the code for a file that isn't the previewed one, which is checked before Apple is
 * asked.
 */
const CODES: readonly string[] = [...ERROR_CODES.filter((code) => code.startsWith('token-file.')), 'preview.stale'];

interface Place {
  name: string;
  route: AnyRoute;
  url: string;
}

interface Answer {
  status: number;
  body: unknown;
}

let stack: Stack;
let held: HeldLocation;
let places: Place[];
let files: HostileFile[];

beforeAll(async () => {
  stack = await startStack({ engine: 'postgres' });
  held = await holdLocation(stack);
  const { api } = stack.owner;
  const { policyId } = await addOrganization(api);
  const params = { tokenId: held.tokenId };
  const { path } = await api.call(routes.addUploadLink, { params, body: { days: 3, autoConfirm: true } });
  const place = <R extends AnyRoute>(name: string, route: R, input: Pick<CallInput<R>, 'params' | 'query'>): Place => ({
    name,
    route,
    url: stack.url + urlOf(route, input as never),
  });
  const shown = { fingerprint: 'shown before', fileName: 'sToken.vpptoken' };
  places = [
    place('inspect', routes.inspectTokenFile, { query: { fileName: 'sToken.vpptoken' } } as never),
    place('add', routes.addToken, { params: { policyId }, query: { ...shown, mode: 'watch' } } as never),
    place('preview of a renewal', routes.previewRenewal, { params } as never),
    place('renewal', routes.renewToken, { params, query: { ...shown, tokenVersion: held.token.version } } as never),
    place('upload link', routes.sendUpload, { params: { secret: path.replace('/upload/', '') } } as never),
  ];
  files = hostileFiles(held.file);
});
afterAll(() => stack?.stop());

/**
 * Sends a piece at a time, until everything is sent or the answer has arrived. Sends more than a token file can have
 * only if the server does not refuse it. `caller` is an address of this machine.
 */
function send(url: string, contentType: string, bytes: Uint8Array, caller = '127.0.0.1'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      localAddress: caller,
      agent: false,
      headers: { 'content-type': contentType, origin: stack.url, cookie: stack.owner.cookie },
    });
    const answered = Promise.withResolvers<void>();
    let isAnswered = false;
    sending.on('error', reject);
    sending.on('response', (response) => {
      isAnswered = true;
      answered.resolve();
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        sending.destroy();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString('utf8')) });
      });
    });
    const sendFrom = async (at: number): Promise<void> => {
      if (isAnswered) return;
      if (at >= bytes.length) return void sending.end();
      sending.write(bytes.subarray(at, at + PIECE_BYTES));
      const next = at + PIECE_BYTES;
      if (next > MAX_TOKEN_FILE_BYTES) await Promise.race([answered.promise, wait(PATIENCE_MS)]);
      return sendFrom(next);
    };
    void sendFrom(0);
  });
}

/** The number sent in parallel. */
async function forEach<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  const rest = items.entries();
  const workOn = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
}

/** Each caller sends only a few files, because upload links are rate-limited. */
const callerOf = (index: number) => `127.0.${1 + (Math.floor(index / 10) % 200)}.1`;

function keptBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('there are enough of them, and all differ', () => {
  expect(files.length).toBeGreaterThanOrEqual(250);
  expect(new Set(files.map(({ what }) => what)).size).toBe(files.length);
  expect(new Set(files.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))).size).toBe(files.length);
});

test('each is identified and refused everywhere that accepts a file; nothing is stored', async () => {
  const before = await storedRows(stack);
  const kept = keptBytes();
  // All of them to the first route, and every other one to each of the rest: more than 150 each.
  const offers = files.flatMap((file, index) =>
    places.flatMap((place, at) => (at === 0 || (index + at) % 2 === 0 ? [{ file, place, turn: index + at }] : [])),
  );
  const wrong: string[] = [];

  await forEach(offers, async ({ file, place, turn }, index) => {
    const contentType = CONTENT_TYPES[turn % CONTENT_TYPES.length] ?? FORM;
    const { status, body } = await send(place.url, contentType, file.bytes, callerOf(index));
    const { code, detail } = body as { code: string; detail: string };
    const isNamed = CODES.includes(code) || (contentType === FORM && code === 'request.form');
    if (status < 400 || status >= 500 || !isNamed)
      wrong.push(`${file.what}, to ${place.name} as ${contentType}: ${status} ${code}`);
    else checkProblem(place.route, body);
    if (code.startsWith('token-file.')) expect(detail).toContain('Nothing was stored.');
  });

  expect(wrong).toEqual([]);
  expect(await storedRows(stack)).toEqual(before);
  const { waiting, links } = await stack.owner.api.call(routes.listUploads, { params: { tokenId: held.tokenId } });
  expect([waiting, links.map(({ state }) => state)]).toEqual([[], ['open']]);
  expect(stack.log.filter((line) => /"level":"(error|warn)"/.test(line))).toEqual([]);
  expect(keptBytes() - kept).toBeLessThan(MAY_KEEP_BYTES);
});

test('a content type makes no difference', async () => {
  const some = files.filter((_, index) => index % 12 === 0);
  const [inspect] = places;

  await forEach(some, async (file) => {
    const codes = new Set<string>();
    for (const contentType of ['text/plain', 'application/json', 'application/octet-stream', 'image/png'])
      codes.add(((await send(inspect?.url ?? '', contentType, file.bytes)).body as { code: string }).code);
    expect([file.what, codes.size]).toEqual([file.what, 1]);
  });
});

test('a valid file in an odd wrapping is the same file, under any content type', async () => {
  const dressed = oddlyDressed(held.file);
  const [inspect] = places;
  const prints = new Set<string>();

  await forEach(dressed, async (file, index) => {
    const contentType = index % 2 === 0 ? 'text/plain' : 'application/json';
    const { status, body } = await send(inspect?.url ?? '', contentType, file.bytes);
    const { identity, file: read } = body as { identity?: { uId: string }; file?: { fingerprint: string } };
    expect([file.what, status, identity?.uId]).toEqual([file.what, 200, held.location.uId]);
    prints.add(read?.fingerprint ?? '');
  });

  expect(dressed.length).toBeGreaterThanOrEqual(20);
  expect(prints.size).toBe(1);
});

test('winesap check identifies every one of them, and finds the valid one among them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'winesap-hostile-'));
  const name = (index: number) => `${String(index).padStart(3, '0')}.vpptoken`;
  await Promise.all(files.map(({ bytes }, index) => writeFile(join(folder, name(index)), bytes)));
  await writeFile(join(folder, 'good.vpptoken'), held.file);

  const { code, out, err } = await check(folder);
  await rm(folder, { recursive: true, force: true });

  expect([code, err]).toEqual([2, '']);
  const { tokens, others } = JSON.parse(out) as { tokens: Judged[]; others: Judged[] };
  const good = tokens.find(({ file }) => file.endsWith('good.vpptoken'));
  expect(good?.level).toBe('ok');
  const rest = [...tokens, ...others].filter((one) => one !== good);
  expect(rest).toHaveLength(files.length);
  expect(rest.filter(({ level }) => level === 'ok')).toEqual([]);
});

interface Judged {
  file: string;
  level?: string;
}

function check(folder: string): Promise<{ code: number; out: string; err: string }> {
  const env = { HOME: '/nonexistent', WINESAP_APPLE_URL: stack.appleUrl };
  const options = { env, maxBuffer: 64 * 1024 ** 2 };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [COMMAND, 'check', folder, '--json'], options, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}
