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

async function school() {
  const { uId, token, managedDomain } = await apple.location();
  const call = async (id: Parameters<AppleSide['call']>[0], body: Json): Promise<Json> =>
    (await apple.call(id, { body: { sToken: token, ...body } })).body;
  const register = (clientUserIdStr: string, more: Json = {}) => call('v1RegisterUser', { clientUserIdStr, ...more });
  return { uId, token, account: `ada@${managedDomain}`, call, register };
}

describe('registering', () => {
  test('answers with the user at once, invited or associated, and version 2 lists it', async () => {
    const { token, account, register } = await school();

    const invited = await register('u-1', { email: 'bo@example.org' });
    const associated = await register('u-2', { managedAppleIDStr: account });

    expect(invited.user).toMatchObject({ clientUserIdStr: 'u-1', email: 'bo@example.org', status: 'Registered' });
    expect(invited.user.inviteUrl).toContain(`inviteCode=${invited.user.inviteCode}&mt=8`);
    expect(associated.user.status).toBe('Associated');
    expect(associated.user.itsIdHash).toHaveLength(28);
    expect(associated.user.userId).not.toBe(invited.user.userId);
    const { users } = (await apple.call('getUsers', { token })).body;
    expect(users).toMatchObject([{ clientUserId: 'u-1', status: 'Registered' }, { clientUserId: 'u-2' }]);
  });

  test('an active user again returns it unchanged', async () => {
    const { register } = await school();
    const first = await register('u-1', { email: 'bo@example.org' });

    const again = await register('u-1', { email: 'other@example.org' });

    expect(again.user).toEqual(first.user);
  });

  test('is refused without an id, and with an account that is in use or of another organization', async () => {
    const { account, call, register } = await school();
    await register('u-1', { managedAppleIDStr: account });

    const numbers = [
      (await call('v1RegisterUser', { email: 'a@b.example' })).errorNumber,
      (await register('u-2', { managedAppleIDStr: account })).errorNumber,
      (await register('u-3', { managedAppleIDStr: 'eve@elsewhere.example' })).errorNumber,
    ];

    expect(numbers).toEqual([9600, 9641, 9635]);
  });
});

test('one user is read by either id; nobody active is 9604', async () => {
  const { account, call, register } = await school();
  const { user } = await register('u-1', { managedAppleIDStr: account });
  await call('v1RetireUser', { clientUserIdStr: 'u-1' });

  const byUserId = await call('v1GetUser', { userId: user.userId });
  const byHash = await call('v1GetUser', { clientUserIdStr: 'u-1', itsIdHash: user.itsIdHash });
  const active = await call('v1GetUser', { clientUserIdStr: 'u-1' });

  expect(byUserId.user).toMatchObject({ userId: user.userId, status: 'Retired' });
  expect(byHash.user.userId).toBe(user.userId);
  expect(active).toMatchObject({ status: -1, errorNumber: 9604 });
});

test('a user whose account came back under the same id is Deleted, by its own id alone', async () => {
  const { account, call, register } = await school();
  const first = (await register('u-1', { managedAppleIDStr: account })).user;
  await call('v1RetireUser', { clientUserIdStr: 'u-1' });
  const second = (await register('u-1', { managedAppleIDStr: account })).user;

  const former = await call('v1GetUser', { userId: first.userId });
  const listed = await call('v1GetUsers', { includeRetired: 1 });

  expect(second.userId).not.toBe(first.userId);
  expect(former.user.status).toBe('Deleted');
  expect(listed.users.map(({ userId }: Json) => userId)).toEqual([second.userId]);
  expect((await call('v1EditUser', { userId: first.userId, email: 'a@b.example' })).errorNumber).toBe(9620);
});

test('editing changes what is given', async () => {
  const { account, call, register } = await school();
  const { user } = await register('u-1', { email: 'bo@example.org' });

  await call('v1EditUser', { userId: user.userId, managedAppleIDStr: account });
  const edited = await call('v1GetUser', { clientUserIdStr: 'u-1' });

  expect(edited.user).toMatchObject({ email: 'bo@example.org', status: 'Associated' });
  expect((await call('v1EditUser', { clientUserIdStr: 'nobody', email: 'a@b.example' })).errorNumber).toBe(9609);
});

test('retiring gives apps back, keeps books, shows them, and works once', async () => {
  const { uId, token, account, call, register } = await school();
  await apple.buy(uId, '900000001', 5);
  await apple.buy(uId, '900000901', 5);
  await register('u-1', { managedAppleIDStr: account });
  const assets = [{ adamId: '900000001' }, { adamId: '900000901' }];
  await apple.settle('associateAssets', { token, body: { assets, clientUserIds: ['u-1'] } });
  const before = await call('v1GetUser', { clientUserIdStr: 'u-1' });

  const retired = await call('v1RetireUser', { clientUserIdStr: 'u-1' });
  const again = await call('v1RetireUser', { clientUserIdStr: 'u-1' });

  expect(before.user.licenses.map(({ adamId }: Json) => adamId).toSorted()).toEqual([900000001, 900000901]);
  expect(retired.user).toMatchObject({
    status: 'Retired',
    licenses: [{ adamId: 900000901, productTypeId: 10, productTypeName: 'Publication', isIrrevocable: true }],
  });
  expect(again.errorNumber).toBe(9618);
  expect((await call('v1RetireUser', { clientUserIdStr: 'nobody' })).errorNumber).toBe(9609);
});

describe('listing users', () => {
  async function seven() {
    const side = await school();
    for (let n = 1; n <= 7; n++) await side.register(`u-${n}`);
    await side.call('v1RetireUser', { clientUserIdStr: 'u-7' });
    const names = ({ users }: Json): string[] => users.map(({ clientUserIdStr }: Json) => clientUserIdStr);
    return { ...side, names };
  }

  test('goes on by batchToken, which keeps the filter, and ends with a sinceModifiedToken', async () => {
    const { call, names } = await seven();

    const first = await call('v1GetUsers', { includeRetired: 1 });
    const second = await call('v1GetUsers', { batchToken: first.batchToken });
    const third = await call('v1GetUsers', { batchToken: second.batchToken });

    expect(first).toMatchObject({ batchCount: 3, totalBatchCount: 2, totalCount: 7 });
    expect(second).not.toHaveProperty('totalCount');
    expect([first, second, third].flatMap(names)).toEqual(['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6', 'u-7']);
    expect([first, second, third].map((batch) => 'sinceModifiedToken' in batch)).toEqual([false, false, true]);
  });

  test('reads batches in parallel by overrideIndex, up to totalBatchCount', async () => {
    const { call, names } = await seven();
    const { batchToken, totalBatchCount } = await call('v1GetUsers', { includeRetired: 1 });

    const rest = await Promise.all(
      Array.from({ length: totalBatchCount }, (_, i) => call('v1GetUsers', { batchToken, overrideIndex: i + 1 })),
    );

    expect(rest.flatMap(names)).toEqual(['u-4', 'u-5', 'u-6', 'u-7']);
    expect(rest.at(-1)).toHaveProperty('sinceModifiedToken');
  });

  test('counts all round trips where that is switched on', async () => {
    const { call, names } = await seven();
    await apple.control('PATCH', '/settings', { unknowns: { v1TotalBatchCount: 'all' } });

    const first = await call('v1GetUsers', { includeRetired: 1 });
    const last = await call('v1GetUsers', { batchToken: first.batchToken, overrideIndex: first.totalBatchCount });
    await apple.control('PATCH', '/settings', { unknowns: { v1TotalBatchCount: 'further' } });

    expect(first.totalBatchCount).toBe(3);
    expect(names(last)).toEqual(['u-7']);
    expect(last).toHaveProperty('sinceModifiedToken');
  });

  test('since a token shows what changed since the listing began, and nothing when nothing did', async () => {
    const { call, names } = await seven();
    const first = await call('v1GetUsers', {});
    await call('v1EditUser', { clientUserIdStr: 'u-1', email: 'new@example.org' });
    const { sinceModifiedToken } = await call('v1GetUsers', { batchToken: first.batchToken });

    const changed = await call('v1GetUsers', { sinceModifiedToken });
    const nothing = await call('v1GetUsers', { sinceModifiedToken: changed.sinceModifiedToken });

    expect(names(changed)).toEqual(['u-1']);
    expect(nothing).toMatchObject({ users: [], batchCount: 0, totalCount: 0 });
    expect(nothing).toHaveProperty('sinceModifiedToken');
  });

  test.each([
    [{}, 6],
    [{ includeRetired: 1 }, 7],
    [{ includeRetiredOnly: 1 }, 1],
    [{ includeRetired: 0, includeRetiredOnly: 1 }, 1],
  ])('%j counts %d', async (filter, count) => {
    const { call } = await seven();

    expect((await call('v1GetUsers', filter)).totalCount).toBe(count);
  });

  test('refuses tokens of another location and those that are none', async () => {
    const { call } = await seven();
    const elsewhere = await seven();
    const { batchToken } = await elsewhere.call('v1GetUsers', {});

    expect((await call('v1GetUsers', { batchToken })).errorNumber).toBe(9629);
    expect((await call('v1GetUsers', { batchToken: 'nonsense' })).errorNumber).toBe(9633);
    expect((await call('v1GetLicenses', { sinceModifiedToken: 'nonsense' })).errorNumber).toBe(9633);
  });
});

test('subscribers of version 2 hear what version 1 did, unless that is switched off', async () => {
  const { uId, token, call, register } = await school();
  const notifications = { notificationUrl: receiver.url, notificationAuthToken: 'hush' };
  await apple.call('setClientConfig', { token, body: { ...notifications, notificationTypes: ['USER_MANAGEMENT'] } });
  await register('u-1');
  await call('v1RetireUser', { clientUserIdStr: 'u-1' });
  await apple.control('PATCH', '/settings', { unknowns: { v1Notifies: false } });
  await register('u-2');
  await apple.control('PATCH', '/settings', { unknowns: { v1Notifies: true } });
  await apple.control('POST', '/clock', { advanceMs: 1000 });

  const told = receiver.notifications(uId, 'USER_MANAGEMENT');

  expect(told.map(({ type, users }) => [type, users[0].clientUserId])).toEqual([
    ['CREATE', 'u-1'],
    ['RETIRE', 'u-1'],
  ]);
  expect(receiver.of(uId).flatMap((one) => one.problems)).toEqual([]);
});
