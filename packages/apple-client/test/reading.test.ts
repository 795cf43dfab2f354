import { expect, test } from 'vitest';
import { AppleRefusal, createLimiter, type Limiter } from '../src/index.ts';
import { appleWorld } from './apple-world.ts';
import { failure } from './builders.ts';

test('a token shows whose location it is', async () => {
  const apple = await appleWorld();
  const { uId, contentToken } = await apple.location('Main Street', 'Orchard School');

  const config = await apple.client(contentToken).clientConfig();

  expect(config).toMatchObject({ uId, locationName: 'Main Street', mdmInfo: null });
  expect(config.tokenExpirationDate?.getTime()).toBeGreaterThan(Date.now() + 300 * 86_400_000);
});

test('the legacy call adds who downloaded it and for which organization', async () => {
  const apple = await appleWorld();
  const { uId } = await apple.location();
  const contentToken = await apple.act<string>('POST', `/locations/${uId}/tokens`, { appleId: 'eve@orchard.example' });

  const legacy = await apple.client(contentToken).legacyClientConfig();

  expect(legacy).toMatchObject({ uId, appleId: 'eve@orchard.example' });
  expect(legacy.organizationId).toMatch(/^\d+$/);
  expect(legacy.location?.locationName).toBe('Main Street');
});

test("service config answers whatever the token's state", async () => {
  const apple = await appleWorld();
  const client = apple.client('bm90IGEgdG9rZW4=');

  const { limits } = await client.serviceConfig();

  expect(limits.maxAssets).toBe(25);
});

test('everyone sees a claim, and another claim takes the location over', async () => {
  const apple = await appleWorld();
  const { contentToken } = await apple.location();
  const ours = apple.client(contentToken);
  const theirs = apple.client(contentToken);

  const first = await ours.setClientConfig({ mdmInfo: { id: 'w-1', name: 'Winesap', metadata: 'one' } });
  await theirs.setClientConfig({ mdmInfo: { id: 'x-9', name: 'Other', metadata: 'two' } });
  const { mdmInfo } = await ours.assets();

  expect(first.mdmInfo).toEqual({ id: 'w-1', name: 'Winesap', metadata: 'one' });
  expect(mdmInfo).toEqual({ id: 'x-9', name: 'Other', metadata: 'two' });
});

test('a claim without a name is refused', async () => {
  const apple = await appleWorld();
  const { contentToken } = await apple.location();

  const error = await failure(
    apple.client(contentToken).setClientConfig({ mdmInfo: { id: 'w-1', name: '', metadata: '' } }),
  );

  expect(error).toBeInstanceOf(AppleRefusal);
  expect(error).toMatchObject({ httpStatus: 400, mayHaveArrived: false, doing: 'updating client config' });
});

test('assets have counts, and unlimited ones are marked', async () => {
  const apple = await appleWorld({ pageSize: 2 });
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '361309726', quantity: 40 });
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '408709785', productType: 'Book', quantity: 3 });
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '377298193', unlimited: true });
  const client = apple.client(contentToken);

  const { rows } = await client.assets();
  const apart = await client.assets({ unlimited: true });
  const limited = await client.assets({ unlimited: false });

  const byId = new Map(rows.map((row) => [row.adamId, row]));
  expect(byId.get('361309726')).toMatchObject({
    totalCount: 40,
    availableCount: 40,
    assignedCount: 0,
    unlimited: false,
  });
  expect(byId.get('408709785')).toMatchObject({ productType: 'Book', deviceAssignable: false, revocable: false });
  expect(byId.get('377298193')).toMatchObject({ unlimited: true, totalCount: null, availableCount: null });
  expect(apart.rows.map((row) => [row.adamId, row.unlimited])).toContainEqual(['377298193', true]);
  expect(apart.rows).toHaveLength(3);
  expect(limited.rows).toHaveLength(2);
});

test.each([
  ['empty', 0],
  ['of exactly one page', 10],
  ['of one row more than a page', 11],
  ['of many pages', 95],
])('assignments %s are all read', async (_name, devices) => {
  const apple = await appleWorld({ pageSize: 10, rateLimit: false });
  const { uId, contentToken } = await apple.location();
  if (devices > 0) {
    await apple.act('POST', `/locations/${uId}/bulk`, { assets: 1, devices, assignmentsPerDevice: 1 });
  }

  const { rows, consistency } = await apple.client(contentToken).assignments();

  expect(new Set(rows.map((row) => row.serialNumber)).size).toBe(devices);
  expect(consistency).toBe('one-version');
});

test('assignments that change during the read lose no row that stays', async () => {
  const apple = await appleWorld({ pageSize: 10 });
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/bulk`, { assets: 2, devices: 50, assignmentsPerDevice: 2, spare: 50 });
  const client = apple.client(contentToken);
  const key = (row: { adamId: string; serialNumber: string | null }) => `${row.adamId} ${row.serialNumber}`;
  const before = (await client.assignments()).rows.map(key);

  const rows = new Map<string, unknown>();
  let pages = 0;
  let consistency = '';
  for await (const page of client.assignmentPages()) {
    for (const row of page.rows) rows.set(key(row), row);
    consistency = page.consistency;
    pages += 1;
    if (pages === 3) await apple.act('POST', `/locations/${uId}/churn`, { assign: 4, unassign: 3 });
  }

  const after = (await client.assignments()).rows.map(key);
  expect(consistency).toBe('recovered');
  expect(before.filter((one) => after.includes(one) && !rows.has(one))).toEqual([]);
  expect(after.filter((one) => !rows.has(one))).toEqual([]);
});

test('resuming from a version shows what was assigned since', async () => {
  const apple = await appleWorld();
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 20, assignmentsPerDevice: 1, spare: 100 });
  const client = apple.client(contentToken);
  const { versionId } = await client.assignments();
  await apple.act('POST', `/locations/${uId}/churn`, { assign: 3 });

  const since = await client.assignments({ sinceVersionId: versionId });

  expect(since.rows).toHaveLength(3);
  expect(since.versionId).not.toBe(versionId);
});

test('an invented version is refused with 9721', async () => {
  const apple = await appleWorld();
  const { contentToken } = await apple.location();

  const error = await failure(apple.client(contentToken).assignments({ sinceVersionId: 'invented' }));

  expect(error).toMatchObject({ errorNumber: 9721, httpStatus: 400 });
});

test("names and icons are looked up at the simulator's address", async () => {
  const apple = await appleWorld();
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '361309726', quantity: 1 });
  const client = apple.client(contentToken);
  const { countryISO2ACode, defaultPlatform } = await client.clientConfig();

  const items = await client.lookup({
    ids: ['361309726', '361309726'],
    storefront: countryISO2ACode ?? 'US',
    platform: defaultPlatform ?? 'enterprisestore',
  });

  const item = items.get('361309726');
  expect(item?.name).toEqual(expect.any(String));
  expect(item?.artwork?.url).toContain('{w}');
  expect((await apple.requests()).byPath['GET /WebObjects/MZStorePlatform.woa/wa/lookup']).toBe(1);
});

test('reading uses the limiter once per page', async () => {
  const apple = await appleWorld({ pageSize: 5, rateLimit: false });
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 150, assignmentsPerDevice: 1 });
  const { limiter, sent } = countingLimiter();

  const { rows } = await apple.client(contentToken, { limiter }).assignments();

  expect(rows).toHaveLength(150);
  expect((await apple.requests()).total).toBe(30);
  expect(sent().total).toBe(30);
  expect(sent().mostInASecond).toBeLessThanOrEqual(15);
  expect(sent().mostAtOnce).toBeLessThanOrEqual(5);
});

test('several clients that share a limiter stay within it together', async () => {
  const apple = await appleWorld({ pageSize: 5, latencyMs: 20, rateLimit: false });
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 60, assignmentsPerDevice: 1 });
  const another = await apple.act<string>('POST', `/locations/${uId}/tokens`, {});
  const { limiter, sent } = countingLimiter();

  const read = await Promise.all(
    [contentToken, another, contentToken].map((token) => apple.client(token, { limiter }).assignments()),
  );

  expect(read.map(({ rows }) => rows.length)).toEqual([60, 60, 60]);
  expect(sent().total).toBe(36);
  expect(sent().mostInASecond).toBeLessThanOrEqual(15);
  expect(sent().mostAtOnce).toBeLessThanOrEqual(5);
});

/**
 * A limiter that counts what it starts, by the client's clock. When requests arrive depends on how busy the machine is
 * (limiter.test.ts tests what Apple sees, with its own clock).
 */
function countingLimiter() {
  const limiter = createLimiter();
  const starts: number[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const counting: Limiter = {
    ...limiter,
    run: (work, signal) =>
      limiter.run(async () => {
        starts.push(performance.now());
        atOnce += 1;
        mostAtOnce = Math.max(mostAtOnce, atOnce);
        return work().finally(() => {
          atOnce -= 1;
        });
      }, signal),
  };
  const sent = () => ({
    total: starts.length,
    mostAtOnce,
    mostInASecond: Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length)),
  });
  return { limiter: counting, sent };
}
