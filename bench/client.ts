import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAppleClient, createLimiter, type Limiter } from '../packages/apple-client/src/index.ts';

/**
 * How quickly the client reads a location: without limits, as a ratio to asking for one page after the other in the same
 * run; within Apple's limits, as a share of the 15 requests per second Apple allows, or of what 5 requests at once can
 * do at that latency where this is less. `node bench/client.ts`; a table on standard output, JSON under bench/results.
 */
const MAX_PER_SECOND = 15;
const MAX_AT_ONCE = 5;

interface Row {
  readonly what: string;
  readonly pages: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly ratio: number;
  readonly ratioTo: string;
}

const rows: Row[] = [];
const openGate: Limiter = { run: (work) => work(), pause: () => undefined, publishedRate: () => undefined };

async function withSimulator(options: string[], work: (url: string, control: string) => Promise<void>): Promise<void> {
  const main = fileURLToPath(new URL('../packages/simulator/src/main.ts', import.meta.url));
  const simulator = spawn(process.execPath, [main, '--port', '0', ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const lines = createInterface({ input: simulator.stdout })[Symbol.asyncIterator]();
    const { value } = await lines.next();
    const { url, control } = JSON.parse(String(value));
    await work(url, control);
  } finally {
    simulator.kill();
  }
}

async function location(control: string, devices: number): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${control}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const made = await post('/locations', { orgName: 'Orchard', locationName: 'Bench' });
  const { uId } = (await made.json()) as { uId: string };
  const filled = await post(`/locations/${uId}/bulk`, { assets: 1, devices, assignmentsPerDevice: 1 });
  if (!filled.ok) throw new Error(await filled.text());
  return (await post(`/locations/${uId}/tokens`, {})).text();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

async function readAll(client: ReturnType<typeof createAppleClient>, wanted: number): Promise<void> {
  let read = 0;
  for await (const page of client.assignmentPages()) read += page.rows.length;
  if (read !== wanted) throw new Error(`read ${read} of ${wanted}`);
}

async function unlimited(): Promise<void> {
  const pages = 500;
  await withSimulator(['--no-rate-limit'], async (baseUrl, control) => {
    const contentToken = await location(control, pages * 1000);
    const client = createAppleClient({ contentToken, baseUrl, limiter: openGate });
    await readAll(client, pages * 1000);
    // In turns, the best of three each: other work on the machine then disturbs both alike.
    let inTurn = Number.POSITIVE_INFINITY;
    let ahead = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const oneByOne = await seconds(async () => {
        for (let page = 0; page < pages; page++) await client.assignmentPage(page);
      });
      inTurn = Math.min(inTurn, oneByOne);
      ahead = Math.min(ahead, await seconds(() => readAll(client, pages * 1000)));
    }
    rows.push({
      what: 'no limit, no latency',
      pages,
      seconds: ahead,
      perSecond: pages / ahead,
      ratio: inTurn / ahead,
      ratioTo: 'one page after the other',
    });
  });
}

async function limited(latencyMs: number): Promise<void> {
  const pages = 150;
  const pageSize = 100;
  await withSimulator(
    ['--latency-ms', String(latencyMs), '--page-size', String(pageSize)],
    async (baseUrl, control) => {
      const contentToken = await location(control, pages * pageSize);
      let refused = 0;
      const client = createAppleClient({
        contentToken,
        baseUrl,
        limiter: createLimiter(),
        onExchange: ({ status }) => {
          if (status === 429) refused += 1;
        },
      });
      const took = await seconds(() => readAll(client, pages * pageSize));
      const possible = Math.min(MAX_PER_SECOND, (MAX_AT_ONCE * 1000) / Math.max(1, latencyMs));
      if (refused > 0) throw new Error(`refused ${refused} times at ${latencyMs} ms`);
      rows.push({
        what: `within the limits, ${latencyMs} ms`,
        pages,
        seconds: took,
        perSecond: pages / took,
        ratio: pages / took / possible,
        ratioTo: `${possible} pages per second allowed or possible`,
      });
    },
  );
}

/** Ten thousand pages from a server that is not there: what the client itself holds, and how quick it is by itself. */
async function held(): Promise<void> {
  const pages = 10_000;
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  const client = createAppleClient({
    contentToken: 'dG9rZW4=',
    limiter: openGate,
    fetch: async (input) => {
      const index = Number(new URL(String(input)).searchParams.get('pageIndex') ?? 0);
      return Response.json({
        assignments: Array.from({ length: 1000 }, (_, at) => ({
          adamId: '361309726',
          serialNumber: `S${index}X${at}`,
        })),
        totalPages: pages,
        versionId: 'v',
        ...(index + 1 < pages ? { nextPageIndex: index + 1 } : {}),
      });
    },
  });
  const heap: number[] = [];
  const took = await seconds(async () => {
    let read = 0;
    for await (const _page of client.assignmentPages()) {
      read += 1;
      if (read % (pages / 10) !== 0) continue;
      collect();
      heap.push(process.memoryUsage().heapUsed);
    }
  });
  const early = heap[0] ?? Number.NaN;
  rows.push({
    what: 'heap after all pages',
    pages,
    seconds: took,
    perSecond: pages / took,
    ratio: (heap.at(-2) ?? Number.NaN) / early,
    ratioTo: `${(early / 1e6).toFixed(1)} MB after a tenth of them`,
  });
}

await unlimited();
await held();
for (const latencyMs of [50, 250, 1000]) await limited(latencyMs);

console.table(
  rows.map(({ what, pages, seconds: took, perSecond, ratio, ratioTo }) => ({
    what,
    pages,
    seconds: took.toFixed(2),
    'pages per second': perSecond.toFixed(1),
    ratio: ratio.toFixed(2),
    'ratio to': ratioTo,
  })),
);
const results = new URL('./results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('client.json', results), `${JSON.stringify({ at: new Date().toISOString(), rows }, null, 2)}\n`);
