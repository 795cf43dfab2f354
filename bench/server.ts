import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * How soon the server listens and how much memory it takes, on the embedded database: the first start, which makes the
 * database, and a start with existing data, each beside the start of an empty Node process in the same run.
 * `node bench/server.ts`; a table on standard output, JSON under bench/results. Ends with code 1 above the limit.
 */
const MAIN = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
/** What the issue asks for a start with existing data. */
const LIMIT_S = 3;
const STARTS = 5;

interface Start {
  seconds: number;
  megabytes: number;
}

async function start(dataDir: string): Promise<Start> {
  const began = performance.now();
  const env = { ...process.env, WINESAP_PORT: '0', WINESAP_DATA_DIR: dataDir, WINESAP_LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [MAIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('listens')) break;
  const seconds = (performance.now() - began) / 1000;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const megabytes = Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return { seconds, megabytes };
}

async function emptyNode(): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return (performance.now() - began) / 1000;
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const dataDir = mkdtempSync(join(tmpdir(), 'winesap-bench-'));
try {
  const empty = await emptyNode();
  const first = await start(dataDir);
  const again: Start[] = [];
  for (let count = 0; count < STARTS; count++) again.push(await start(dataDir));
  const seconds = median(again.map((one) => one.seconds));
  const results = {
    emptyNodeSeconds: empty,
    firstStartSeconds: first.seconds,
    startSeconds: seconds,
    limitSeconds: LIMIT_S,
    shareOfLimit: seconds / LIMIT_S,
    megabytesAfterStart: median(again.map((one) => one.megabytes)),
  };
  process.stdout.write(`  an empty Node process     ${empty.toFixed(2)} s\n`);
  process.stdout.write(`  first start               ${first.seconds.toFixed(2)} s   makes the database\n`);
  process.stdout.write(
    `  start with existing data  ${seconds.toFixed(2)} s   ${results.shareOfLimit.toFixed(2)} of the limit of ${LIMIT_S} s (median of ${STARTS})\n`,
  );
  process.stdout.write(`  memory after a start      ${results.megabytesAfterStart} MB\n`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'server.json'), `${JSON.stringify(results, null, 2)}\n`);
  if (seconds > LIMIT_S) process.exitCode = 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
