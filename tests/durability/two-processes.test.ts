import { type Api, createApi, routes } from '@winesap/api';
import { addOrganization, bytesOf, OWNER, refused, scanned, signIn, until } from '@winesap/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServerProcess } from './server-process.ts';
import { type SharedWorld, startSharedWorld } from './shared-world.ts';

let world: SharedWorld;
let processes: [ServerProcess, ServerProcess];
let apis: [Api, Api];

beforeAll(async () => {
  world = await startSharedWorld({ rateLimit: true, pageSize: 20, latencyMs: 120 });
  const [first, second] = world.processes;
  if (!first || !second) throw new Error('There should be two processes.');
  processes = [first, second];
  apis = [world.api(first), world.api(second)];
});

afterAll(() => world?.end());

const preview = (api: Api, tokenId: string, file: string) =>
  api.call(routes.previewRenewal, { params: { tokenId }, query: { fileName: 'fresh' }, body: bytesOf(file) });
const scan = (api: Api, tokenId: string) => api.call(routes.scanToken, { params: { tokenId } });

test('what one process has acknowledged, the other one shows immediately, even while its listener is disconnected', async () => {
  const [here, there] = apis;
  const { organizationId } = await addOrganization(here);
  const names = async () => (await there.call(routes.listOrganizations, {})).organizations.map(({ name }) => name);
  const missed: string[] = [];
  const renameAndAsk = async (name: string) => {
    await here.call(routes.renameOrganization, { params: { organizationId }, body: { name } });
    if (!(await names()).includes(name)) missed.push(name);
  };

  for (let n = 0; n < 40; n++) await renameAndAsk(`Name ${n}`);
  const { rows } = await world.withDatabase(({ db }) =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query ilike 'listen%' or query = 'select pg_backend_pid() as pid'`.execute(db),
  );
  for (let n = 40; n < 60; n++) await renameAndAsk(`Name ${n}`);

  expect(rows.length).toBeGreaterThan(0);
  expect(missed).toEqual([]);
});

test('a key or session that ends in one process stops working in the other one immediately', async () => {
  const [here, there] = [await signIn(processes[0].url, OWNER), processes[1].url];
  const codeOf = async (api: Api) => (await refused(api.call(routes.getMe, {}))).code;
  const codes: string[] = [];

  for (let n = 0; n < 20; n++) {
    const { id, key } = await here.api.call(routes.addKey, { body: { name: `number ${n}` } });
    const byKey = createApi({ baseUrl: there, headers: { 'x-api-key': key } });
    await byKey.call(routes.getMe, {});
    await byKey.call(routes.getMe, {});
    await here.api.call(routes.removeKey, { params: { keyId: id } });
    codes.push(await codeOf(byKey));
  }
  const byCookie = createApi({ baseUrl: there, headers: { cookie: here.cookie } });
  await byCookie.call(routes.getMe, {});
  const headers = { origin: processes[0].url, cookie: here.cookie };
  await createApi({ baseUrl: processes[0].url, headers }).call(routes.signOut, { body: {} });
  codes.push(await codeOf(byCookie));

  expect(new Set(codes)).toEqual(new Set(['request.not-signed-in']));
});

test('two processes that read one location at once stay within its limits together', async () => {
  const { apple } = world;
  const [tokenId, location] = await world.hold('Barn', { assets: 4, devices: 300, assignmentsPerDevice: 2 });
  const file = await apple.tokenFile(location.uId);
  // A released license, which differences do not show, so that everything is read.
  await apple.churn(location.uId, { unassign: 1 });
  await apple.forgetRequests();

  await scan(apis[0], tokenId);
  for (let turn = 0; turn < 6; turn++) {
    const [here, there] = apis;
    await Promise.all([preview(here, tokenId, file), preview(there, tokenId, file), preview(there, tokenId, file)]);
    await scan(there, tokenId);
  }
  await scanned(apis[0], tokenId);

  const { byLocation, last } = await apple.requests();
  const { total = 0, maxPerSecond, maxAtOnce } = byLocation[location.uId] ?? {};
  const refusals = last.filter(({ status }) => status !== 200).length;
  expect(total).toBeGreaterThan(60);
  // 15 a second and 5 at once. A busy machine may delay requests of one second into the next.
  expect(refusals).toBeLessThan(total / 20);
  expect(maxPerSecond).toBeLessThanOrEqual(18);
  expect(maxAtOnce).toBeLessThanOrEqual(5);
});

test('when Apple asks one process to wait, the other one waits too', async () => {
  const { apple } = world;
  const [tokenId, location] = await world.hold('Cellar', { assets: 1, devices: 1, assignmentsPerDevice: 1 });
  const file = await apple.tokenFile(location.uId);
  await apple.fault({
    name: 'busy',
    path: '/mdm/v2/client/config',
    uId: location.uId,
    retryAfterSeconds: 120,
    times: 1,
  });
  expect(await refused(preview(apis[0], tokenId, file))).toMatchObject({ code: 'apple.busy' });
  await apple.forgetRequests();

  const problem = await refused(preview(apis[1], tokenId, file));

  expect(problem).toMatchObject({ code: 'apple.busy', status: 503 });
  expect(problem.detail).toContain('2 minutes');
  expect((await apple.requests()).byLocation[location.uId]?.total ?? 0).toBe(0);
});

test('two requests for the same scan in two processes run one; when its process is killed, the other one finishes it', async () => {
  const { apple } = world;
  const [tokenId, location] = await world.hold('Loft', { assets: 4, devices: 200, assignmentsPerDevice: 2 });
  await apple.churn(location.uId, { unassign: 3, assign: 5 });
  await apple.forgetRequests();
  await apple.fault({ name: 'hang', uId: location.uId, path: '/mdm/v2/assignments', times: 1 });
  const seen = processes.map(({ lines }) => lines.length);

  const asked = await Promise.all([...apis, ...apis].map((api) => scan(api, tokenId)));
  const reads = ({ lines }: ServerProcess, at: number) =>
    lines.slice(seen[at]).some((line) => line.includes('/mdm/v2/assets'));
  await until('a process to read', () => processes.some(reads));
  const at = processes.findIndex(reads);
  const [reader, other] = at === 0 ? [processes[0], apis[1]] : [processes[1], apis[0]];
  await until('Apple to leave it hanging', async () => (await apple.requests()).byPath['GET /mdm/v2/assignments']);
  await reader.kill();
  await apple.endFaults();
  // Half a minute later:
  await world.withDatabase(({ db }) =>
    sql`update scans set moved_at = moved_at - interval '31 seconds' where state in ('queued', 'running')`.execute(db),
  );
  const again = await scan(other, tokenId);

  const token = await scanned(other, tokenId);
  expect(new Set([...asked, again].map(({ id }) => id)).size).toBe(1);
  expect(token).toMatchObject({ scan: { id: again.id, state: 'succeeded' }, assignments: 402 });
  expect((await apple.state(location.uId)).assignments).toBe(402);
});

test('a server without jobs leaves them to a worker, which only answers requests about its own state', async () => {
  for (const one of processes) await one.kill();
  const [worker, server] = await Promise.all([world.start('worker'), world.start('serve', { WINESAP_WORK: '0' })]);
  const [tokenId] = await world.hold('Shed', { assets: 1, devices: 10, assignmentsPerDevice: 1 }, server);

  expect(await scanned(world.api(server), tokenId)).toMatchObject({ assignments: 10 });
  expect(worker.lines.some((line) => line.includes('apple exchange') && line.includes('/mdm/v2/assignments'))).toBe(
    true,
  );
  expect(server.lines.some((line) => line.includes('/mdm/v2/assignments'))).toBe(false);
  expect((await fetch(`${worker.url}/api/status`)).status).toBe(200);
  expect((await fetch(`${worker.url}/metrics`)).status).toBe(401);
  expect((await fetch(`${worker.url}/api/organizations`)).status).toBe(404);
  expect((await fetch(worker.url)).status).toBe(404);
  await worker.stop();
});
