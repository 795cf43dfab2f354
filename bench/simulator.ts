import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * Whether the simulator is quick and small enough never to be what another benchmark measures: filling, memory, pages,
 * filters, deltas, events. `node bench/simulator.ts`; a table on standard output with target and share of it used,
 * JSON under bench/results. Ends with code 1 when a target is missed.
 */
interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly target: number;
}

const rows: Row[] = [];
const agent = new Agent({ keepAlive: true });

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly control: string;
}

async function start(...options: string[]): Promise<Running> {
  const main = fileURLToPath(new URL('../packages/simulator/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--port', '0', '--no-rate-limit', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  return { child, ...JSON.parse(String(value)) };
}

function send(method: string, url: string, headers: Record<string, string>, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const message = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${text.slice(0, 200)}`));
      });
    });
    message.on('error', reject);
    message.end(body);
  });
}

const control = (running: Running, path: string, body: object = {}) =>
  send('POST', `${running.control}${path}`, {}, JSON.stringify(body));

async function newLocation(
  running: Running,
): Promise<{ uId: string; get: (path: string) => Promise<string>; token: string }> {
  const { uId } = JSON.parse(await control(running, '/locations', { orgName: 'Orchard', locationName: 'Bench' }));
  const token = await control(running, `/locations/${uId}/tokens`);
  return {
    uId,
    token,
    get: (path) => send('GET', `${running.url}/mdm/v2${path}`, { authorization: `Bearer ${token}` }),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const startedAt = performance.now();
  const result = await work();
  return { ms: performance.now() - startedAt, result };
}

function memoryMb(running: Running): number {
  const status = readFileSync(`/proc/${running.child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

async function medianMs(times: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) all.push((await timed(() => work(n))).ms);
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

async function million(): Promise<void> {
  const running = await start();
  const { uId, get } = await newLocation(running);
  const fill = await timed(() =>
    control(running, `/locations/${uId}/bulk`, { assets: 200, devices: 100_000, assignmentsPerDevice: 10 }),
  );
  rows.push({ what: 'filling 1,000,000 assignments', measured: fill.ms / 1000, unit: 's', target: 5 });
  await medianMs(50, (n) => get(`/assignments?pageIndex=${n}`));
  rows.push({
    what: 'a page of 1,000, median',
    measured: await medianMs(1000, (n) => get(`/assignments?pageIndex=${n}`)),
    unit: 'ms',
    target: 3,
  });
  const first = JSON.parse(await get('/assignments'));
  const { serialNumber, adamId } = first.assignments[500];
  rows.push({
    what: 'assignments of one device, median',
    measured: await medianMs(200, () => get(`/assignments?serialNumber=${serialNumber}`)),
    unit: 'ms',
    target: 3,
  });
  rows.push({
    what: 'a page of one asset, median',
    measured: await medianMs(20, (n) => get(`/assignments?adamId=${adamId}&pageIndex=${n % 5}`)),
    unit: 'ms',
    target: 10,
  });
  await control(running, `/locations/${uId}/churn`, { assign: 500, unassign: 500 });
  rows.push({
    what: 'a delta after 1,000 changes, first page',
    measured: (await timed(() => get(`/assignments?sinceVersionId=${first.versionId}`))).ms,
    unit: 'ms',
    target: 100,
  });
  rows.push({ what: '200 assets, median', measured: await medianMs(200, () => get('/assets')), unit: 'ms', target: 3 });
  running.child.kill();
}

async function tenMillion(): Promise<void> {
  const running = await start();
  const { uId, get } = await newLocation(running);
  const fill = await timed(() =>
    control(running, `/locations/${uId}/bulk`, { assets: 200, devices: 1_000_000, assignmentsPerDevice: 10 }),
  );
  rows.push({ what: 'filling 10,000,000 assignments', measured: fill.ms / 1000, unit: 's', target: 50 });
  const last = JSON.parse(await get('/assignments?pageIndex=9999'));
  if (last.totalPages !== 10_000 || last.size !== 1000)
    throw new Error(`unexpected last page: ${last.size} of ${last.totalPages}`);
  rows.push({
    what: 'a page of them, median',
    measured: await medianMs(500, (n) => get(`/assignments?pageIndex=${n * 19}`)),
    unit: 'ms',
    target: 3,
  });
  rows.push({ what: 'most memory used by 10,000,000', measured: memoryMb(running), unit: 'MB', target: 3000 });
  running.child.kill();
}

async function events(): Promise<void> {
  const running = await start('--clock', 'virtual');
  const { uId, token } = await newLocation(running);
  await control(running, `/locations/${uId}/bulk`, { assets: 25, devices: 1, assignmentsPerDevice: 0 });
  for (const { adamId } of JSON.parse(await send('GET', `${running.control}/state/${uId}`, {})).assets) {
    await control(running, `/locations/${uId}/purchases`, { adamId, quantity: 20_000 });
  }
  const assets = JSON.parse(await send('GET', `${running.control}/state/${uId}`, {})).assets.map(
    ({ adamId }: { adamId: string }) => ({ adamId }),
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const { ms } = await timed(async () => {
    for (let n = 0; n < 10; n++) {
      const serialNumbers = Array.from({ length: 1000 }, (_, i) => `B${String(n * 1000 + i).padStart(8, '0')}`);
      await send('POST', `${running.url}/mdm/v2/assets/associate`, headers, JSON.stringify({ assets, serialNumbers }));
    }
    await control(running, '/clock', { advanceMs: 3_600_000 });
  });
  const { assignments } = JSON.parse(await send('GET', `${running.control}/state/${uId}`, {}));
  if (assignments !== 250_000) throw new Error(`${assignments} of 250,000 assigned`);
  rows.push({ what: 'carrying out 250,000 tasks of 10 events', measured: ms / 1000, unit: 's', target: 5 });
  running.child.kill();
}

async function startUp(): Promise<void> {
  const { ms, result } = await timed(() => start('--scenario', 'msp-500'));
  rows.push({ what: 'starting with 500 locations', measured: ms / 1000, unit: 's', target: 3 });
  result.child.kill();
}

await million();
await tenMillion();
await events();
await startUp();
agent.destroy();

console.table(
  rows.map(({ what, measured, unit, target }) => ({
    what,
    measured: `${measured.toFixed(2)} ${unit}`,
    target: `${target} ${unit}`,
    'share of target': (measured / target).toFixed(2),
  })),
);
const results = new URL('./results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(
  new URL('simulator.json', results),
  `${JSON.stringify({ at: new Date().toISOString(), rows }, null, 2)}\n`,
);
const missed = rows.filter(({ measured, target }) => !(measured <= target));
if (missed.length > 0) {
  console.error(`missed: ${missed.map(({ what }) => what).join(', ')}`);
  process.exitCode = 1;
}
