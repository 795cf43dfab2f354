import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ContentToken, routes } from '@winesap/api';
import { addOrganization, bytesOf, createAppleControl, inspect, OWNER, type Session, signIn } from '@winesap/testkit';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { end, SIMULATOR, start, WINESAP } from './parts/program.ts';

/**
 * How long a whole location takes to read, beside the time Apple's limit of 15 requests per second alone would take; what
 * the server needs for it, and how quickly it answers a screen meanwhile. Simulator and server are processes of their own.
 * PostgreSQL is the one of the tests, which does not wait for the disk.
 * `node bench/scan.ts [assignments …]`, by default 10,000 and 100,000; a table on standard output, JSON under bench/results.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const PER_SECOND = 15;
const PER_DEVICE = 10;
const ASSETS = 200;

interface Result {
  engine: 'embedded' | 'postgres';
  assignments: number;
  requests: number;
  secondsAtLimit: number;
  seconds: number;
  shareOfLimit: number;
  screenMsMedian: number;
  screenMsWorst: number;
  megabytesAtRest: number;
  megabytesPeak: number;
  diskMegabytes: number | null;
}

const memory = ({ pid }: ChildProcess, what: 'VmRSS' | 'VmHWM') =>
  Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);

async function measure(engine: Result['engine'], assignments: number): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'winesap-scan-'));
  const database = engine === 'postgres' ? await createTestDatabase() : null;
  const simulator = await start([SIMULATOR, '--port', '0']);
  const { url: appleUrl, control } = JSON.parse(simulator.line);
  const apple = createAppleControl(control);
  writeFileSync(join(folder, 'password'), OWNER.password);
  const env = {
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: join(folder, 'data'),
    WINESAP_APPLE_URL: appleUrl,
    WINESAP_LOG_LEVEL: 'silent',
    WINESAP_OWNER_EMAIL: OWNER.email,
    WINESAP_OWNER_PASSWORD_FILE: join(folder, 'password'),
    ...(database && { WINESAP_DATABASE_URL: database.url }),
  };
  // The first start makes the database, which takes memory that later starts do not.
  await end((await start([WINESAP, 'serve'], env)).child);
  const server = await start([WINESAP, 'serve'], env);
  try {
    const owner = await signIn(server.line.split(' ').at(-1) ?? '', OWNER);
    const location = await apple.addLocation({ orgName: 'Orchard', locationName: 'Big barn' });
    await apple.fill(location.uId, {
      assets: ASSETS,
      devices: assignments / PER_DEVICE,
      assignmentsPerDevice: PER_DEVICE,
    });
    const file = await apple.tokenFile(location.uId);
    const megabytesAtRest = memory(server.child, 'VmRSS');

    const { seconds, screenMs } = await readWhole(owner, file);

    const { total: requests = 0 } = (await apple.requests()).byLocation[location.uId] ?? {};
    return {
      engine,
      assignments,
      requests,
      secondsAtLimit: requests / PER_SECOND,
      seconds,
      shareOfLimit: requests / PER_SECOND / seconds,
      screenMsMedian: screenMs[Math.floor(screenMs.length / 2)] ?? 0,
      screenMsWorst: screenMs.at(-1) ?? 0,
      megabytesAtRest,
      megabytesPeak: memory(server.child, 'VmHWM'),
      diskMegabytes: database ? null : Number(execFileSync('du', ['-sm', folder], { encoding: 'utf8' }).split('\t')[0]),
    };
  } finally {
    await end(server.child);
    await end(simulator.child);
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Adds the token and waits for its first scan, asking for the token's page as a person would meanwhile. */
async function readWhole({ api }: Session, file: string): Promise<{ seconds: number; screenMs: number[] }> {
  const { policyId } = await addOrganization(api);
  const { file: shown } = await inspect(api, file);
  const began = performance.now();
  const { token } = await api.call(routes.addToken, {
    params: { policyId },
    query: { mode: 'watch', fingerprint: shown.fingerprint },
    body: bytesOf(file),
  });
  const screenMs: number[] = [];
  for (let seen: ContentToken = token; seen.scan?.state !== 'succeeded'; ) {
    if (seen.scan?.state === 'failed') throw new Error(`The scan failed: ${JSON.stringify(seen.scan.failure)}`);
    await pause(100);
    const asked = performance.now();
    seen = await api.call(routes.getToken, { params: { tokenId: token.tokenId } });
    screenMs.push(performance.now() - asked);
  }
  return { seconds: (performance.now() - began) / 1000, screenMs: screenMs.toSorted((a, b) => a - b) };
}

const sizes = process.argv.slice(2).map(Number);
const results: Result[] = [];
process.stdout.write(
  '  engine    assignments  requests  at the limit     took  share   screen  worst  memory    peak    disk\n',
);
for (const engine of ['embedded', 'postgres'] as const)
  for (const assignments of sizes.length > 0 ? sizes : [10_000, 100_000]) {
    const one = await measure(engine, assignments);
    results.push(one);
    const cells = [
      one.engine.padEnd(8),
      one.assignments.toLocaleString('en-US').padStart(12),
      String(one.requests).padStart(9),
      `${one.secondsAtLimit.toFixed(1)} s`.padStart(13),
      `${one.seconds.toFixed(1)} s`.padStart(8),
      one.shareOfLimit.toFixed(2).padStart(6),
      `${one.screenMsMedian.toFixed(0)} ms`.padStart(8),
      `${one.screenMsWorst.toFixed(0)} ms`.padStart(8),
      `${one.megabytesAtRest} MB`.padStart(7),
      `${one.megabytesPeak} MB`.padStart(8),
      one.diskMegabytes === null ? '' : `${one.diskMegabytes} MB`.padStart(8),
    ];
    process.stdout.write(`  ${cells.join(' ').trimEnd()}\n`);
  }
mkdirSync(RESULTS, { recursive: true });
writeFileSync(join(RESULTS, 'scan.json'), `${JSON.stringify(results, null, 2)}\n`);
// The test's PostgreSQL, where one was started, ends with this process.
process.exit();
