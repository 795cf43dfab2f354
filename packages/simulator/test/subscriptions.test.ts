import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

let apple: AppleSide;
let receiver: Receiver;
beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 3 });
  receiver = await Receiver.start();
});
afterAll(() => Promise.all([apple.close(), receiver.close()]));

const PRODUCT = 900000101;

/** A location with subscriptions enabled, that many seats, and users u-1 … u-6 with accounts. */
async function withSeats(renewing: number, expiring: number, periodEndDate = '2026-11-30') {
  const location = await apple.location();
  const { token, uId, managedDomain } = location;
  await apple.call('setClientConfig', {
    token,
    body: {
      notificationUrl: receiver.url,
      notificationAuthToken: 'hush',
      notificationTypes: ['SUBSCRIPTION_COUNT', 'SUBSCRIPTION_MANAGEMENT'],
    },
  });
  await apple.call('enableSubscriptions', { token });
  await apple.control('POST', `/locations/${uId}/subscriptions`, {
    parentAdamId: 900000001,
    adamId: PRODUCT,
    renewing,
    expiring,
    periodEndDate,
  });
  const users = [1, 2, 3, 4, 5, 6].map((n) => ({ clientUserId: `u-${n}`, managedAppleId: `u${n}@${managedDomain}` }));
  await apple.settle('createUsers', { token, body: { users } });
  return location;
}

const counts = async (token: string) =>
  (await apple.call('getSubscriptions', { token })).body.subscriptions[0].counts as Json;
const associate = (token: string, clientUserIds: string[], renewing?: boolean) =>
  apple.settle('associateSubscriptions', {
    token,
    body: { adamIds: [PRODUCT], clientUserIds, ...(renewing === undefined ? {} : { renewing }) },
  });

test('support must be enabled before seats can be bought, and cannot be disabled while there are any', async () => {
  const { uId, token } = await apple.location();
  const early = await apple.tryControl('POST', `/locations/${uId}/subscriptions`, { adamId: PRODUCT, renewing: 1 });
  expect(early.status).toBe(409);

  expect((await apple.call('enableSubscriptions', { token })).body).toMatchObject({
    subscriptionManagement: true,
    mdmInfo: null,
  });
  await apple.control('POST', `/locations/${uId}/subscriptions`, { adamId: PRODUCT, renewing: 1 });
  expect(await apple.call('disableSubscriptions', { token })).toMatchObject({
    status: 400,
    body: { errorNumber: 9818 },
  });

  await apple.control('POST', `/locations/${uId}/subscriptions`, { adamId: PRODUCT, renewing: 0 });
  expect((await apple.call('disableSubscriptions', { token })).body.subscriptionManagement).toBe(false);
  expect((await apple.call('getSubscriptions', { token })).body.subscriptions).toMatchObject([
    { status: 'INACTIVE', parentAdamId: null },
  ]);
});

describe('the arithmetic of seats', () => {
  test('assigned follows what was asked, available the free seats, total the ownership', async () => {
    const { token } = await withSeats(3, 1);

    await associate(token, ['u-1', 'u-2'], true);
    await associate(token, ['u-3', 'u-4'], false);

    expect(await counts(token)).toEqual({
      assigned: { renewing: 2, expiring: 2 },
      available: { renewing: 0, expiring: 0 },
      total: { renewing: 3, expiring: 1 },
    });
    expect((await associate(token, ['u-5'])).failures).toMatchObject([{ errorNumber: 9709 }]);
  });

  test('at the end of the period expiring seats vanish and what does not renew gives its seat back', async () => {
    const { uId, token } = await withSeats(3, 1);
    await associate(token, ['u-1'], true);
    await associate(token, ['u-3', 'u-4'], false);

    await apple.control('POST', '/clock', { now: '2026-12-01T00:00:01Z' });

    expect(await counts(token)).toEqual({
      assigned: { renewing: 1, expiring: 0 },
      available: { renewing: 2, expiring: 0 },
      total: { renewing: 3, expiring: 0 },
    });
    const told = receiver.notifications(uId, 'SUBSCRIPTION_COUNT');
    expect(told.at(-1)).toEqual({
      parentAdamId: 900000001,
      adamId: PRODUCT,
      counts: { available: { renewing: 2, expiring: 0 }, total: { renewing: 3, expiring: 0 } },
    });
    expect((await apple.call('getSubscriptions', { token })).body.subscriptions[0].periodEndDate).toBe('2026-12-31');
    expect(receiver.of(uId).flatMap((one) => one.problems)).toEqual([]);
  });

  test('a deferred disassociation keeps the seat and the silence until then', async () => {
    const { uId, token } = await withSeats(2, 0, '2027-03-31');
    await associate(token, ['u-1', 'u-2'], true);
    const before = receiver.notifications(uId, 'SUBSCRIPTION_MANAGEMENT').length;

    await apple.settle('disassociateSubscriptions', {
      token,
      body: { adamIds: [PRODUCT], clientUserIds: ['u-1'], deferred: true },
    });
    expect((await counts(token)).assigned).toEqual({ renewing: 1, expiring: 1 });
    expect(receiver.notifications(uId, 'SUBSCRIPTION_MANAGEMENT')).toHaveLength(before);
    await apple.control('POST', '/clock', { now: '2027-04-01T00:00:01Z' });

    expect((await counts(token)).assigned).toEqual({ renewing: 1, expiring: 0 });
    expect(receiver.notifications(uId, 'SUBSCRIPTION_MANAGEMENT').at(-1)).toMatchObject({
      type: 'DISASSOCIATE',
      assignments: [{ adamId: PRODUCT, clientUserId: 'u-1' }],
    });
  });

  test('an immediate one gives the seat back', async () => {
    const { token } = await withSeats(1, 0, '2028-01-31');
    await associate(token, ['u-1'], true);

    await apple.settle('disassociateSubscriptions', { token, body: { adamIds: [PRODUCT], clientUserIds: ['u-1'] } });

    expect(await counts(token)).toMatchObject({ available: { renewing: 1 }, total: { renewing: 1 } });
  });
});

describe('what is refused', () => {
  test.each<[string, Json, number]>([
    ['26 products', { adamIds: Array.from({ length: 26 }, (_, i) => i + 1), clientUserIds: ['u-1'] }, 9816],
    ['1,001 users', { adamIds: [PRODUCT], clientUserIds: Array.from({ length: 1001 }, (_, i) => `x${i}`) }, 9816],
    ['no users', { adamIds: [PRODUCT] }, 9811],
    ['a user twice', { adamIds: [PRODUCT], clientUserIds: ['u-1', 'u-1'] }, 9811],
    ['an id as text', { adamIds: ['900000101'], clientUserIds: ['u-1'] }, 9813],
    ['an unknown product', { adamIds: [1], clientUserIds: ['u-1'] }, 9813],
    ['a user without an account', { adamIds: [PRODUCT], clientUserIds: ['nobody'] }, 9814],
  ])('%s', async (_name, body, errorNumber) => {
    const { token } = await withSeats(1, 0, '2029-01-31');

    expect(await apple.call('associateSubscriptions', { token, body })).toMatchObject({
      status: 400,
      body: { errorNumber },
    });
  });
});

test('administrators are users who have the subscription', async () => {
  const { token } = await withSeats(2, 0, '2029-01-31');
  const body = { adamIds: [PRODUCT], clientUserIds: ['u-1'] };
  expect((await apple.call('addSubscriptionAdmins', { token, body })).body.errorNumber).toBe(9815);
  await associate(token, ['u-1'], true);

  await apple.call('addSubscriptionAdmins', { token, body });

  expect(
    (await apple.call('getSubscriptionAdmins', { token, query: { includeUserState: true } })).body.admins,
  ).toMatchObject([{ adamId: PRODUCT, clientUserId: 'u-1', userStatus: 'Associated' }]);
  await apple.call('removeSubscriptionAdmins', { token, body });
  expect((await apple.call('getSubscriptionAdmins', { token })).body.admins).toEqual([]);
});

test('listings go on by cursor to the end, with an empty last page when told so, and refuse a foreign cursor', async () => {
  const { token } = await withSeats(6, 0, '2029-01-31');
  await associate(token, ['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6'], true);
  const read = async () => {
    const sizes: number[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const { body } = await apple.call('getSubscriptionAssignments', { token, query: { cursor } });
      sizes.push(body.assignments.length);
      cursor = body.nextCursor;
    }
    return sizes;
  };

  expect(await read()).toEqual([3, 3]);
  await apple.control('PATCH', '/settings', { unknowns: { emptyCursorPage: true } });
  expect(await read()).toEqual([3, 3, 0]);
  await apple.control('PATCH', '/settings', { unknowns: { emptyCursorPage: false } });
  expect(
    (await apple.call('getSubscriptionAssignments', { token, query: { cursor: 'eyJvIjoxfQ==' } })).body.errorNumber,
  ).toBe(9812);
  expect(
    (await apple.call('getSubscriptionAssignments', { token, query: { clientUserId: 'u-2' } })).body.assignments,
  ).toHaveLength(1);
});
