import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { routes } from '@winesap/api';
import {
  type AppleControl,
  addOrganization,
  bytesOf,
  createAppleControl,
  inspect,
  OWNER,
  type Session,
  signIn,
} from '@winesap/testkit';
import { randomLie } from '../tests/fuzz/lie-menu.ts';
import { createRandom, type Random } from '../tests/fuzz/random.ts';
import { end, SIMULATOR, start, WINESAP } from './parts/program.ts';

/**
 * Whether the server's memory stays flat while Apple errs for hours: 132 locations on the embedded database, at every moment
 * some sixty faults that come and go, somebody who scans and checks, screens and monitoring that look on. Every minute the
 * process is asked what it holds. Flat: the median of the last tenth of the time is at most 10 %
 * above that of the tenth after the warm-up.
 * `node bench/trouble.ts [minutes] [locations] [seed]`, by default 120, 132, 1; a table on standard output, JSON under
 * bench/results.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const WATCH_MEMORY = fileURLToPath(new URL('parts/watch-memory.ts', import.meta.url));
const [minutes = 120, locations = 132, seed = 1] = process.argv.slice(2).map(Number);
const MINUTE_MS = 60_000;
const LIES_AT_ONCE = 60;
const STEP_MS = 1000;
const WARM_UP_SHARE = 0.1;
const MOST_GROWTH = 1.1;

interface Sample {
  minute: number;
  residentMb: number;
  heapMb: number;
  /** What is left of the heap after a full collection; null: not looked at. */
  liveMb: number | null;
  externalMb: number;
  requestsToApple: number;
}

async function addLocations(apple: AppleControl, { api }: Session): Promise<{ uIds: string[]; tokenIds: string[] }> {
  const [uIds, tokenIds]: [string[], string[]] = [[], []];
  for (let n = 1; n <= locations; n++) {
    const { uId } = await apple.addLocation({ orgName: `Orchard ${n}`, locationName: `Barn ${n}` });
    await apple.fill(uId, { assets: 40, devices: 300, assignmentsPerDevice: 4, users: 20, spare: 100 });
    const { policyId } = await addOrganization(api, `Orchard ${n}`);
    const file = await apple.tokenFile(uId);
    const { file: shown } = await inspect(api, file);
    const { token } = await api.call(routes.addToken, {
      params: { policyId },
      query: { fingerprint: shown.fingerprint, mode: 'manage' },
      body: bytesOf(file),
    });
    uIds.push(uId);
    tokenIds.push(token.tokenId);
  }
  return { uIds, tokenIds };
}

/** One lie begins, and the oldest ends when there are too many. */
async function tellLie(apple: AppleControl, random: Random, uIds: readonly string[], told: string[]): Promise<void> {
  const { fault } = randomLie(random, uIds);
  // What strikes all of them passes soon, or nothing else would be tried.
  told.push(await apple.fault(fault.uId === undefined ? { times: 10, ...fault } : fault));
  if (told.length > LIES_AT_ONCE) await apple.endFault(told.shift() ?? '').catch(() => undefined);
}

/** What an admin and what watches the server do; refusals are part of it. */
async function lookAround({ api }: Session, random: Random, uIds: readonly string[], tokenIds: readonly string[]) {
  const [tokenId, uId] = [random.one(tokenIds), random.one(uIds)];
  const acts = [
    () => api.call(routes.scanToken, { params: { tokenId } }),
    () => api.call(routes.checkToken, { params: { tokenId } }),
    () => api.call(routes.listTokens, { query: {} }),
    () => api.call(routes.listEvents, { query: {} }),
    () => api.call(routes.listLocationAssets, { params: { uId }, query: {} }),
    () => api.open(routes.getMetrics, {}).then((answer) => answer.text()),
  ];
  await random
    .one(acts)()
    .catch(() => undefined);
}

async function sample(child: ChildProcess, file: string, apple: AppleControl, minute: number): Promise<Sample> {
  rmSync(file, { force: true });
  child.kill('SIGUSR2');
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await pause(20);
  const { rss, heapUsed, external, live } = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.MemoryUsage & {
    live: number | null;
  };
  const mb = (bytes: number) => Math.round(bytes / 2 ** 20);
  const { total } = await apple.requests();
  return {
    minute,
    residentMb: mb(rss),
    heapMb: mb(heapUsed),
    liveMb: live === null ? null : mb(live),
    externalMb: mb(external),
    requestsToApple: total,
  };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

const folder = mkdtempSync(join(tmpdir(), 'winesap-trouble-'));
const simulator = await start([SIMULATOR, '--port', '0']);
const { url: appleUrl, control } = JSON.parse(simulator.line) as { url: string; control: string };
const apple = createAppleControl(control);
writeFileSync(join(folder, 'password'), OWNER.password);
const memoryFile = join(folder, 'memory');
const { child, line } = await start(['--expose-gc', '--import', WATCH_MEMORY, WINESAP, 'serve'], {
  WINESAP_PORT: '0',
  WINESAP_DATA_DIR: join(folder, 'data'),
  WINESAP_APPLE_URL: appleUrl,
  WINESAP_CHECK_MINUTES: '5',
  WINESAP_SCAN_HOURS: '1',
  WINESAP_METRICS_ASSETS: '100',
  WINESAP_LOG_LEVEL: 'silent',
  WINESAP_OWNER_EMAIL: OWNER.email,
  WINESAP_OWNER_PASSWORD_FILE: join(folder, 'password'),
  BENCH_MEMORY_FILE: memoryFile,
});
const owner = await signIn(line.split(' ').at(-1) ?? '', OWNER);
const random = createRandom(seed);
const samples: Sample[] = [];
try {
  const { uIds, tokenIds } = await addLocations(apple, owner);
  const told: string[] = [];
  const began = performance.now();
  const minute = () => (performance.now() - began) / MINUTE_MS;
  process.stdout.write('  minute  resident MB  heap MB  live MB  external MB  requests to Apple\n');
  while (minute() < minutes) {
    if (random.chance(0.5)) await tellLie(apple, random, uIds, told);
    await lookAround(owner, random, uIds, tokenIds);
    if (minute() >= samples.length) {
      const now = await sample(child, memoryFile, apple, Math.round(minute()));
      samples.push(now);
      const cells = [now.minute, now.residentMb, now.heapMb, now.liveMb ?? '', now.externalMb, now.requestsToApple];
      process.stdout.write(
        `  ${cells.map((cell, index) => String(cell).padStart([6, 12, 8, 8, 12, 18][index] ?? 0)).join(' ')}\n`,
      );
    }
    await pause(STEP_MS);
  }
  const warm = samples.slice(Math.floor(samples.length * WARM_UP_SHARE), Math.ceil(samples.length * 2 * WARM_UP_SHARE));
  const last = samples.slice(Math.floor(samples.length * (1 - WARM_UP_SHARE)));
  const [before, after] = [warm, last].map((some) => median(some.map(({ residentMb }) => residentMb)));
  const growth = (after ?? 0) / (before ?? 1);
  process.stdout.write(`  ${before} MB after the warm-up, ${after} MB at the end: ${growth.toFixed(2)} times\n`);
  mkdirSync(RESULTS, { recursive: true });
  const result = { minutes, locations, seed, beforeMb: before, afterMb: after, growth, samples };
  writeFileSync(join(RESULTS, 'trouble.json'), `${JSON.stringify(result, null, 2)}\n`);
  if (growth > MOST_GROWTH) process.exitCode = 1;
} finally {
  await end(child);
  await end(simulator.child);
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
