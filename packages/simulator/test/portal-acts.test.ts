import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
});
afterAll(() => apple.close());

const counts = async (uId: string) =>
  (await apple.control('GET', `/state/${uId}`)).assets.map((asset: Json) => [
    asset.adamId,
    asset.totalCount,
    asset.assignedCount,
  ]);

describe('buying', () => {
  test('adds up, and a refund takes unassigned licenses only', async () => {
    const { uId } = await apple.location();
    await apple.buy(uId, '900000001', 5);
    await apple.buy(uId, '900000001', 5);
    await apple.control('POST', `/locations/${uId}/churn`, { assign: 8 });

    await apple.buy(uId, '900000001', -2);
    const tooMany = await apple.tryControl('POST', `/locations/${uId}/purchases`, {
      adamId: '900000001',
      quantity: -1,
    });

    expect(await counts(uId)).toEqual([['900000001', 8, 8]]);
    expect([tooMany.status, tooMany.body.error]).toEqual([
      409,
      'only 0 licenses of 900000001 are unassigned; assigned ones cannot be refunded',
    ]);
  });

  test('takes any id, makes books what books are, and lets everything be said otherwise', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '555', 1, { name: 'House App', supportedPlatforms: ['macOS'], deviceAssignable: false });
    await apple.buy(uId, '900000901', 1, { pricingParam: 'PLUS' });

    const { assets } = (await apple.call('getAssets', { token })).body;

    expect(assets).toMatchObject([
      { adamId: '555', productType: 'App', deviceAssignable: false, revocable: true, supportedPlatforms: ['macOS'] },
      { adamId: '900000901', productType: 'Book', pricingParam: 'PLUS', deviceAssignable: false, revocable: false },
    ]);
  });
});

test('a transfer moves unassigned licenses inside the organization', async () => {
  const from = await apple.location({ locationName: 'PS01' });
  const to = await apple.location({ locationName: 'PS02' });
  const foreign = await apple.location({ orgName: 'Elsewhere' });
  await apple.buy(from.uId, '900000001', 10);
  await apple.control('POST', `/locations/${from.uId}/churn`, { assign: 4 });
  const transfer = (target: string, quantity: number) =>
    apple.tryControl('POST', `/locations/${from.uId}/transfers`, { to: target, adamId: '900000001', quantity });

  expect((await transfer(foreign.uId, 1)).status).toBe(409);
  expect((await transfer(to.uId, 6)).status).toBe(200);
  expect((await transfer(to.uId, 1)).status).toBe(409);

  expect(await counts(from.uId)).toEqual([['900000001', 4, 4]]);
  expect(await counts(to.uId)).toEqual([['900000001', 6, 0]]);
});

test('a location can be renamed and keeps its uId', async () => {
  const { uId, token } = await apple.location();

  await apple.control('PATCH', `/locations/${uId}`, { locationName: 'Harbor School', countryISO2ACode: 'ca' });

  expect((await apple.call('getClientConfig', { token })).body).toMatchObject({
    uId,
    locationName: 'Harbor School',
    countryISO2ACode: 'CA',
  });
});

test('the same name is the same organization', async () => {
  const rows = await Promise.all(
    ['One', 'Two'].map((locationName) => apple.control('POST', '/locations', { orgName: 'Twins', locationName })),
  );
  const ids = await Promise.all(
    rows.map(
      async ({ uId }) =>
        (await apple.call('v1ClientConfig', { body: { sToken: await apple.token(uId) } })).body.organizationId,
    ),
  );

  expect(ids[0]).toBe(ids[1]);
  expect(rows[0].uId).not.toBe(rows[1].uId);
});

test('the clock moves by a step or to an instant, in every spelling', async () => {
  await apple.control('POST', '/clock', { now: '2027-01-01T00:00:00Z' });
  expect((await apple.control('POST', '/clock', { advanceMs: 1500 })).now).toBe('2027-01-01T00:00:01.500Z');
  expect((await apple.control('POST', '/clock', { now: '2027-01-01T02:00:00+0200' })).now).toBe(
    '2027-01-01T00:00:00.000Z',
  );
  expect((await apple.control('POST', '/clock', { now: Date.parse('2027-02-01T00:00:00Z') })).now).toBe(
    '2027-02-01T00:00:00.000Z',
  );
  expect((await apple.tryControl('POST', '/clock', {})).status).toBe(400);
  expect((await apple.tryControl('POST', '/clock', { now: 'tomorrow' })).status).toBe(400);
});

test.each<[string, string, Json, number]>([
  ['POST', '/locations', { orgName: 'A' }, 400],
  ['POST', '/locations', { orgName: 'A', locationName: 'B', color: 'red' }, 400],
  ['POST', '/locations', { orgName: 'A', locationName: 'B', kind: 'home' }, 400],
  ['POST', '/locations/1/tokens', {}, 404],
  ['POST', '/accounts/nobody@x.example/reset-password', {}, 404],
  ['DELETE', '/locations', undefined, 405],
  ['GET', '/nothing', undefined, 404],
  ['PATCH', '/settings', { pageSize: 0 }, 400],
])('%s %s %j is refused with a sentence', async (method, path, body, status) => {
  const answer = await apple.tryControl(method, path, body);

  expect(answer.status).toBe(status);
  expect(answer.body.error).toMatch(/\w+ \w+/);
});

test('no secret is told by state, locations, requests or notifications', async () => {
  const { uId, token } = await apple.location();
  await apple.call('getAssets', { token });

  const told = JSON.stringify(
    await Promise.all(
      ['/locations', `/state/${uId}`, '/requests', '/notifications'].map((path) => apple.control('GET', path)),
    ),
  );

  expect(told).not.toContain(token);
  expect(told).not.toContain(JSON.parse(Buffer.from(token, 'base64').toString()).token);
});
