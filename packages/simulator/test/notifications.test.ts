import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

let apple: AppleSide;
let receiver: Receiver;
beforeAll(async () => {
  apple = await AppleSide.start();
  receiver = await Receiver.start();
});
afterAll(() => Promise.all([apple.close(), receiver.close()]));

const serials = (count: number, prefix = 'SER') =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(4, '0')}`);

async function subscribed(types: string[]) {
  const location = await apple.location();
  await apple.call('setClientConfig', {
    token: location.token,
    body: { notificationUrl: receiver.url, notificationAuthToken: 'hush', notificationTypes: types },
  });
  return location;
}

test('tell 250 assignments in pieces of at most 100, and a purchase with its difference', async () => {
  const { uId, token } = await subscribed(['ASSET_MANAGEMENT', 'ASSET_COUNT']);
  await apple.buy(uId, '900000001', 240);

  await apple.settle('associateAssets', {
    token,
    body: { assets: [{ adamId: '900000001' }], serialNumbers: serials(250) },
  });

  const told = receiver.notifications(uId, 'ASSET_MANAGEMENT');
  expect(Math.max(...told.map((one) => one.assignments.length))).toBe(100);
  const count = (result: string) =>
    told.filter((one) => one.result === result).reduce((sum, one) => sum + one.assignments.length, 0);
  expect([count('SUCCESS'), count('FAILURE')]).toEqual([240, 10]);
  expect(told.find((one) => one.result === 'FAILURE').error.errorNumber).toBe(9709);
  expect(receiver.notifications(uId, 'ASSET_COUNT')).toEqual([
    { adamId: '900000001', pricingParam: 'STDQ', countDelta: 240 },
  ]);
  expect(receiver.of(uId).flatMap((one) => one.problems)).toEqual([]);
  expect(receiver.of(uId).every((one) => one.authorization === 'Bearer hush')).toBe(true);
});

test('are tried three times within five minutes, then given up', async () => {
  const { uId } = await subscribed(['ASSET_COUNT']);
  receiver.answer = 503;

  await apple.buy(uId, '900000001', 1);
  await apple.control('POST', '/clock', { advanceMs: 300_000 });
  receiver.answer = 200;
  await apple.control('POST', '/clock', { advanceMs: 3_600_000 });

  expect(receiver.notifications(uId, 'ASSET_COUNT')).toHaveLength(3);
  const { notifications } = await apple.control('GET', '/notifications');
  const mine = notifications.filter((one: Json) => one.uId === uId && one.notificationType === 'ASSET_COUNT');
  expect(mine).toMatchObject([{ state: 'given-up', attempts: [{ answer: 503 }, { answer: 503 }, { answer: 503 }] }]);
});

test('come only for the types asked for, and stop when types are emptied', async () => {
  const { uId, token } = await subscribed(['ASSET_COUNT']);
  await apple.call('setClientConfig', { token, body: { notificationTypes: [] } });

  await apple.buy(uId, '900000001', 1);
  await apple.control('POST', '/clock', { advanceMs: 1000 });

  expect(receiver.notifications(uId, 'ASSET_COUNT')).toEqual([]);
});

test('lost, doubled, late and out of order when told so', async () => {
  const { uId } = await subscribed(['ASSET_COUNT']);
  const deltas = async () => {
    await apple.control('POST', '/clock', { advanceMs: 1000 });
    return receiver.notifications(uId, 'ASSET_COUNT').map((one) => one.countDelta);
  };
  const fault = (name: string, more = {}) => apple.control('POST', '/faults', { name, uId, times: 1, ...more });

  await fault('dropped-notification');
  await apple.buy(uId, '900000001', 1);
  expect(await deltas()).toEqual([]);

  await fault('doubled-notification');
  await apple.buy(uId, '900000001', 2);
  expect(await deltas()).toEqual([2, 2]);

  await fault('reordered-notifications');
  await apple.buy(uId, '900000001', 3);
  await apple.buy(uId, '900000001', 4);
  expect(await deltas()).toEqual([2, 2, 4, 3]);

  await fault('late-notification', { delayMs: 600_000 });
  await apple.buy(uId, '900000001', 5);
  expect(await deltas()).toEqual([2, 2, 4, 3]);
  await apple.control('POST', '/clock', { advanceMs: 600_000 });
  expect(await deltas()).toEqual([2, 2, 4, 3, 5]);
  const ids = receiver.of(uId).map((one) => one.body.notificationId);
  expect(new Set(ids).size).toBe(ids.length - 1);
});

test('tell of changes another client made', async () => {
  const { uId } = await subscribed(['ASSET_MANAGEMENT']);
  await apple.control('POST', `/locations/${uId}/bulk`, {
    assets: 2,
    devices: 20,
    assignmentsPerDevice: 1,
    spare: 100,
  });

  await apple.control('POST', `/locations/${uId}/churn`, { assign: 3, unassign: 2, notify: true });
  await apple.control('POST', '/clock', { advanceMs: 1000 });

  const told = receiver.notifications(uId, 'ASSET_MANAGEMENT');
  expect(told.map((one) => [one.type, one.assignments.length])).toEqual([
    ['DISASSOCIATE', 2],
    ['ASSOCIATE', 3],
  ]);
  expect(receiver.of(uId).flatMap((one) => one.problems)).toEqual([]);
});
