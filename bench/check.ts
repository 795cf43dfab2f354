import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
const BUILD = fileURLToPath(new URL('../packages/cli/scripts/build.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'winesap-bench-check-'));

// The package as it is published: packed, and installed from the file into an empty folder, as `npx winesap` would.
const built = join(folder, 'built');
execFileSync(process.execPath, [BUILD, built]);
execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: built });
const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
const PUBLISHED = join(folder, 'npx/node_modules/winesap/winesap.js');
mkdirSync(join(folder, 'npx'));
writeFileSync(join(folder, 'npx/package.json'), '{"private":true}');
const installing = performance.now();
execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', tarball], {
  cwd: join(folder, 'npx'),
});
const installMs = performance.now() - installing;
const packageBytes = {
  packed: statSync(tarball).size,
  installed: readdirSync(built).reduce((bytes, name) => bytes + statSync(join(built, name)).size, 0),
};
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
const published = (cache: string) => run([PUBLISHED, 'check', file], env(cache));

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

const samples: Record<string, number[]> = {
  node: [],
  network: [],
  publishedFirst: [],
  published: [],
  first: [],
  again: [],
  offline: [],
  prometheus: [],
};
await check('kept');
await published('kept-published');
for (let round = 0; round < RUNS; round += 1) {
  // One of each in turn, so that whatever else the machine does falls on all of them alike.
  samples.node?.push(await run(['-e', '0']));
  samples.network?.push(await network());
  samples.publishedFirst?.push(await published(`empty-published-${round}`));
  samples.published?.push(await published('kept-published'));
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
  ['check as published, the very first time', samples.publishedFirst, net],
  ['check as published', samples.published, net],
  ['check from the sources, the very first time', samples.first, net],
  ['check from the sources', samples.again, net],
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
console.log(
  `package: ${round(packageBytes.packed / 1000)} kB to fetch, ${round(packageBytes.installed / 1000)} kB installed, no dependency; installed from the file in ${round(installMs)} ms`,
);

const result = {
  at: new Date().toISOString(),
  node: process.version,
  cpus: cpus().length,
  runs: RUNS,
  latencyMs: LATENCY_MS,
  packageBytes,
  installMs: round(installMs),
  table,
};
const results = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(join(results, 'check.json'), `${JSON.stringify(result, null, 2)}\n`);

const besideNetwork = median(samples.publishedFirst) - net;
if (!(besideNetwork < 1000)) {
  console.error(`The first check takes ${round(besideNetwork)} ms beside the network; the promise is under 1000.`);
  process.exitCode = 1;
}
