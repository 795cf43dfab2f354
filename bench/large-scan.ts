import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ContentToken, routes } from '@winesap/api';
import { addOrganization, bytesOf, inspect } from '@winesap/testkit';
import { type Engine, type MeasuredServer, startMeasured } from './parts/measured-server.ts';

/**
 * Scans of a large location: the first reading without limits and latency, then one where nothing changed, one with a
 * thousand licenses assigned, one with a thousand given back, while a person looks at the console; and, with `limits`, the
 * first reading at Apple's limits and 250 ms of latency, beside the way of one request after the other.
 * `node bench/large-scan.ts [embedded|postgres|limits …] [assignments]`; a table on standard output, JSON under bench/results.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const PER_DEVICE = 10;
const ASSETS = 200;
const PAGE_ROWS = 1000;
const LATENCY_MS = 250;
const PER_SECOND = 15;
const AT_ONCE = 5;
/** Ten screens a second, if they come at once: several people who look. */
const SCREEN_EVERY_MS = 100;

interface Scan {
  what: string;
  engine: Engine;
  assignments: number;
  seconds: number;
  requests: number;
  rowsPerSecond: number;
  kind: string | null;
  processorSeconds: number;
  screenMs: { p50: number; p99: number; worst: number; asked: number };
  loopMs: { p99: number; max: number };
  megabytes: { before: number; most: number };
}

const percentile = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
const round = (value: number) => Math.round(value * 100) / 100;

/** Begins a scan and asks for screens as a person would, until it has ended. */
async function measure(
  server: MeasuredServer,
  engine: Engine,
  what: string,
  assignments: number,
  begin: () => Promise<string>,
): Promise<Scan> {
  const { owner, apple } = server;
  const before = server.megabytes('VmRSS');
  await server.loop();
  await apple.forgetRequests();
  const processor = server.processorSeconds();
  const began = performance.now();
  const tokenId = await begin();
  const screenMs: number[] = [];
  let most = before;
  let seen: ContentToken;
  do {
    await pause(SCREEN_EVERY_MS);
    const asked = performance.now();
    seen = await owner.api.call(routes.getToken, { params: { tokenId } });
    screenMs.push(performance.now() - asked);
    most = Math.max(most, server.megabytes('VmRSS'));
    if (seen.scan?.state === 'failed') throw new Error(`The scan failed: ${JSON.stringify(seen.scan.failure)}`);
  } while (seen.scan?.state !== 'succeeded');
  const seconds = (performance.now() - began) / 1000;
  const loopMs = await server.loop();
  screenMs.sort((a, b) => a - b);
  const { last, byPath } = await apple.requests();
  const requests = last.length < 1000 ? last.filter(({ path }) => isOfScan(path)).length : sumOfScan(byPath);
  return {
    what,
    engine,
    assignments,
    seconds: round(seconds),
    requests,
    rowsPerSecond: Math.round(assignments / seconds),
    kind: seen.scan.kind ?? null,
    processorSeconds: round(server.processorSeconds() - processor),
    screenMs: {
      p50: round(percentile(screenMs, 0.5)),
      p99: round(percentile(screenMs, 0.99)),
      worst: round(percentile(screenMs, 1)),
      asked: screenMs.length,
    },
    loopMs: { p99: round(loopMs.p99), max: round(loopMs.max) },
    megabytes: { before, most },
  };
}

/** What belongs to the scan itself: not Apple's limits, and not the names from the store. */
const isOfScan = (path: string) => path.startsWith('/mdm/') && path !== '/mdm/v2/service/config';
const sumOfScan = (byPath: Record<string, number>) =>
  Object.entries(byPath).reduce((sum, [path, times]) => (isOfScan(path.split(' ')[1] ?? '') ? sum + times : sum), 0);

async function makeLocation({ apple }: MeasuredServer, assignments: number) {
  const location = await apple.addLocation({ orgName: 'Orchard', locationName: 'Big barn' });
  await apple.fill(location.uId, {
    assets: ASSETS,
    devices: assignments / PER_DEVICE,
    assignmentsPerDevice: PER_DEVICE,
  });
  return { uId: location.uId, file: await apple.tokenFile(location.uId) };
}

async function addToken({ owner: { api } }: MeasuredServer, file: string): Promise<string> {
  const { policyId } = await addOrganization(api);
  const { file: shown } = await inspect(api, file);
  const { token } = await api.call(routes.addToken, {
    params: { policyId },
    query: { mode: 'watch', fingerprint: shown.fingerprint },
    body: bytesOf(file),
  });
  return token.tokenId;
}

async function withoutLimits(engine: Engine, assignments: number): Promise<Scan[]> {
  const server = await startMeasured(engine, 'none');
  try {
    await server.apple.settings({ rateLimit: false, latencyMs: 0, limits: { maxRequestPerSecond: 100_000 } });
    const { uId, file } = await makeLocation(server, assignments);
    let tokenId = '';
    const scans: Scan[] = [];
    const tell = (scan: Scan) => {
      scans.push(scan);
      show(scan);
    };
    tell(
      await measure(server, engine, 'first reading', assignments, async () => {
        tokenId = await addToken(server, file);
        return tokenId;
      }),
    );
    const again = async () => {
      await server.owner.api.call(routes.scanToken, { params: { tokenId } });
      return tokenId;
    };
    tell(await measure(server, engine, 'nothing changed', assignments, again));
    // Asked again within a minute, all is read: the comparison with everything that is stored.
    tell(await measure(server, engine, 'full pass, nothing changed', assignments, again));
    await server.apple.churn(uId, { assign: 1000 });
    tell(await measure(server, engine, '1,000 assigned', assignments, again));
    // Apple's differences do not show it: all is read, and what is not listed any more is looked for.
    await server.apple.churn(uId, { unassign: 1000 });
    tell(await measure(server, engine, '1,000 given back', assignments, again));
    return scans;
  } finally {
    await server.stop();
  }
}

async function atLimits(engine: Engine, assignments: number) {
  const server = await startMeasured(engine, 'kept');
  try {
    const { file } = await makeLocation(server, assignments);
    await server.apple.settings({ latencyMs: LATENCY_MS });
    const pages = assignments / PAGE_ROWS;
    const scan = await measure(server, engine, 'first reading at the limits', assignments, () =>
      addToken(server, file),
    );
    show(scan);
    const bound = Math.max(pages / PER_SECOND, (pages * LATENCY_MS) / 1000 / AT_ONCE);
    const onePage = await sequentialSeconds(server.appleUrl, file);
    const found = {
      ...scan,
      boundSeconds: round(bound),
      timesBound: round(scan.seconds / bound),
      sequentialSeconds: Math.round(onePage * pages),
    };
    process.stdout.write(
      `  bound ${found.boundSeconds} s, ${found.timesBound} × it; one request after the other ${found.sequentialSeconds} s (from 20 pages)\n`,
    );
    return found;
  } finally {
    await server.stop();
  }
}

/** One page after the other, as a client without reading ahead would: measured on twenty pages. */
async function sequentialSeconds(appleUrl: string, file: string): Promise<number> {
  const began = performance.now();
  for (let pageIndex = 0; pageIndex < 20; pageIndex++) {
    const answer = await fetch(`${appleUrl}/mdm/v2/assignments?pageIndex=${pageIndex}`, {
      headers: { authorization: `Bearer ${file.trim()}` },
    });
    await answer.json();
  }
  return (performance.now() - began) / 1000 / 20;
}

function show(scan: Scan): void {
  const cells = [
    scan.engine.padEnd(8),
    scan.what.padEnd(27),
    scan.assignments.toLocaleString('en-US').padStart(10),
    `${scan.seconds.toFixed(1)} s`.padStart(8),
    `${scan.requests}`.padStart(5),
    `${scan.rowsPerSecond.toLocaleString('en-US')}/s`.padStart(12),
    `${scan.processorSeconds.toFixed(1)} s`.padStart(8),
    `${scan.screenMs.p50.toFixed(0)}`.padStart(5),
    `${scan.screenMs.p99.toFixed(0)}`.padStart(5),
    `${scan.loopMs.max.toFixed(0)}`.padStart(5),
    `${scan.megabytes.before}`.padStart(6),
    `${scan.megabytes.most}`.padStart(6),
  ];
  process.stdout.write(`  ${cells.join(' ')}\n`);
}

const asked = process.argv.slice(2);
const assignments = Number(asked.find((one) => /^\d+$/.test(one)) ?? 1_000_000);
const parts = asked.filter((one) => !/^\d+$/.test(one));
const wanted = (part: string) => parts.length === 0 || parts.includes(part);
const machine = { processors: cpus().length, load: loadavg().map(round) };
process.stdout.write(
  `  ${'engine'.padEnd(8)} ${'scan'.padEnd(27)} ${'rows'.padStart(10)}     took  asked  rows/s    processor  screen p50, p99  loop max  MB before, most\n`,
);
mkdirSync(RESULTS, { recursive: true });
const keep = (name: string, results: unknown) =>
  writeFileSync(`${RESULTS}${name}.json`, `${JSON.stringify({ machine, results }, null, 2)}\n`);
for (const engine of ['embedded', 'postgres'] as const)
  if (wanted(engine)) keep(`large-scan-${engine}`, await withoutLimits(engine, assignments));
if (wanted('limits')) keep('large-scan-limits', await atLimits('embedded', assignments));
// The test's PostgreSQL, where one was started, ends with this process.
process.exit();
