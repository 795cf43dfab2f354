import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createAppleControl } from '@winesap/testkit';
import { startSimulator } from 'winesap-simulator';

// How long `winesap check FILE` takes from the shell to the end, beside the bare start of Node and beside the network in
// the same run: Apple's side answers after a fixed time, so what is left is ours.

const LATENCY_MS = 100;
const RUNS = Number(process.env.BENCH_RUNS ?? 11);
const MAIN = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'winesap-bench-check-'));
const simulator = await startSimulator({ rateLimit: false });
const apple = createAppleControl(simulator.control);
const location = await apple.addLocation({ orgName: 'Bench', locationName: 'Bench' });
const text = await apple.tokenFile(location.uId);
const file = join(folder, 'bench.vpptoken');
writeFileSync(file, text);
await apple.settings({ latencyMs: LATENCY_MS });

const env = (cache: string) => ({
  PATH: process.env.PATH,
  HOME: folder,
  XDG_CACHE_HOME: join(folder, cache),
  WINESAP_APPLE_URL: simulator.url,
});
const check = (cache: string, ...args: string[]) => run([MAIN, 'check', file, ...args], env(cache));

/** Milliseconds of a process from its start to its end. Throws when it does not end well: a failure is soon done. */
async function run(args: string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env: environment, stdio: 'ignore' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return performance.now() - started;
}

async function network(): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${simulator.url}/mdm/v2/client/config`, {
    headers: { authorization: `Bearer ${text.trim()}` },
  });
  await answer.text();
  return performance.now() - started;
}

const samples: Record<string, number[]> = { node: [], network: [], first: [], again: [], offline: [], prometheus: [] };
await check('kept');
for (let round = 0; round < RUNS; round += 1) {
  // One of each in turn, so that whatever else the machine does falls on all of them alike.
  samples.node?.push(await run(['-e', '0']));
  samples.network?.push(await network());
  samples.first?.push(await check(`empty-${round}`));
  samples.again?.push(await check('kept'));
  samples.offline?.push(await check('kept', '--offline'));
  samples.prometheus?.push(await check('kept', '--prometheus'));
}
await simulator.close();
rmSync(folder, { recursive: true, force: true });

const median = (values: number[] = []) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const round = (value: number, digits = 0) => Number(value.toFixed(digits));
const node = median(samples.node);
const net = median(samples.network);
const rows = [
  ['node -e 0', samples.node, 0],
  ['the network alone (one request)', samples.network, net],
  ['check, the very first time', samples.first, net],
  ['check', samples.again, net],
  ['check --offline', samples.offline, 0],
  ['check --prometheus', samples.prometheus, net],
] as const;
const table = rows.map(([what, values, inNetwork]) => ({
  what,
  ms: round(median(values)),
  besideNetworkMs: round(median(values) - inNetwork),
  timesNode: round((median(values) - inNetwork) / node, 1),
  slowestMs: round(Math.max(...(values ?? []))),
}));
console.table(table);

const result = {
  at: new Date().toISOString(),
  node: process.version,
  cpus: cpus().length,
  runs: RUNS,
  latencyMs: LATENCY_MS,
  table,
};
const results = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(join(results, 'check.json'), `${JSON.stringify(result, null, 2)}\n`);

const besideNetwork = median(samples.again) - net;
if (!(besideNetwork < 1000)) {
  console.error(`check takes ${round(besideNetwork)} ms beside the network; the promise is under 1000.`);
  process.exitCode = 1;
}
