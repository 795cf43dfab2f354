import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

let apple: AppleSide;
let receiver: Receiver;
beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 5 });
  receiver = await Receiver.start();
});
afterAll(() => Promise.all([apple.close(), receiver.close()]));

const users = async (token: string, query = {}) =>
  (await apple.call('getUsers', { token, query })).body.users as Json[];

describe('creating', () => {
  test('gives a Registered user an invite code, and one with an account of the organization is Associated at once', async () => {
    const { token, managedDomain } = await apple.location();

    const status = await apple.settle('createUsers', {
      token,
      body: {
        users: [
          { clientUserId: 'u-1', email: 'ada@example.org' },
          { clientUserId: 'u-2', managedAppleId: `bo@${managedDomain}` },
        ],
      },
    });

    expect(status).toMatchObject({ eventStatus: 'COMPLETE', eventType: 'CREATE', numRequested: 2, numCompleted: 2 });
    const [first, second] = await users(token);
    expect(first).toMatchObject({ clientUserId: 'u-1', email: 'ada@example.org', status: 'Registered' });
    expect(first.inviteCode).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toMatchObject({ clientUserId: 'u-2', status: 'Associated' });
    expect(second.idHash).toHaveLength(28);
    expect(second).not.toHaveProperty('inviteCode');
  });

  test('fails for one who exists, for an account of another organization, and for an account in use', async () => {
    const { token, managedDomain } = await apple.location();
    await apple.settle('createUsers', {
      token,
      body: { users: [{ clientUserId: 'u-1', managedAppleId: `ada@${managedDomain}` }] },
    });

    const status = await apple.settle('createUsers', {
      token,
      body: {
        users: [
          { clientUserId: 'u-1' },
          { clientUserId: 'u-2', managedAppleId: 'eve@elsewhere.example' },
          { clientUserId: 'u-3', managedAppleId: `ADA@${managedDomain}` },
          { clientUserId: 'u-4' },
        ],
      },
    });

    expect(status).toMatchObject({ eventStatus: 'FAILED', numCompleted: 1 });
    expect(status.failures.map((one: Json) => [one.errorNumber, one.errorInfo.clientUserIds])).toEqual([
      [9716, ['u-1']],
      [9635, ['u-2']],
      [9641, ['u-3']],
    ]);
    expect((await users(token)).map((user) => user.clientUserId)).toEqual(['u-1', 'u-4']);
  });

  test.each<[string, Json, number]>([
    ['nobody', {}, 9720],
    ['an empty list', { users: [] }, 9720],
    ['101 users', { users: Array.from({ length: 101 }, (_, i) => ({ clientUserId: `u${i}` })) }, 9714],
    ['one twice', { users: [{ clientUserId: 'u' }, { clientUserId: 'u' }] }, 9715],
    ['a bad address', { users: [{ clientUserId: 'u', email: 'not an address' }] }, 9717],
    ['no clientUserId', { users: [{ email: 'a@b.example' }] }, 9602],
  ])('%s is refused', async (_name, body, errorNumber) => {
    const { token } = await apple.location();

    expect(await apple.call('createUsers', { token, body })).toMatchObject({ status: 400, body: { errorNumber } });
  });
});

test('an accepted invitation associates the user and tells subscribers', async () => {
  const { uId, token } = await apple.location();
  await apple.call('setClientConfig', {
    token,
    body: {
      notificationUrl: receiver.url,
      notificationAuthToken: 'hush',
      notificationTypes: ['USER_ASSOCIATED', 'USER_MANAGEMENT'],
    },
  });
  await apple.settle('createUsers', { token, body: { users: [{ clientUserId: 'u-1', email: 'ada@example.org' }] } });
  const inviteCode = (await users(token))[0].inviteCode;

  await apple.control('POST', `/locations/${uId}/invitations/${inviteCode}/accept`, { appleId: 'ada@home.example' });
  await apple.control('POST', '/clock', { advanceMs: 1000 });

  expect((await users(token))[0].status).toBe('Associated');
  expect(receiver.notifications(uId, 'USER_MANAGEMENT')).toMatchObject([
    { type: 'CREATE', users: [{ clientUserId: 'u-1', inviteCode }] },
  ]);
  expect(receiver.notifications(uId, 'USER_ASSOCIATED')).toMatchObject([
    { associatedUsers: [{ clientUserId: 'u-1', email: 'ada@example.org', inviteCode, status: 'Associated' }] },
  ]);
  expect(receiver.of(uId).flatMap((one) => one.problems)).toEqual([]);
});

describe('retiring', () => {
  test('gives back apps, keeps books, and the books come along when the account returns', async () => {
    const { uId, token, managedDomain } = await apple.location();
    const account = { managedAppleId: `ada@${managedDomain}` };
    await apple.buy(uId, '900000001', 5);
    await apple.buy(uId, '900000901', 5);
    await apple.settle('createUsers', { token, body: { users: [{ clientUserId: 'u-1', ...account }] } });
    await apple.settle('associateAssets', {
      token,
      body: { assets: [{ adamId: '900000001' }, { adamId: '900000901' }], clientUserIds: ['u-1'] },
    });

    const query = { excludeInactiveUsers: true, adamId: '900000901' };
    expect((await apple.call('getAssignments', { token, query })).body.assignments).toHaveLength(1);
    await apple.settle('retireUsers', { token, body: { users: [{ clientUserId: 'u-1' }] } });
    expect((await apple.call('getAssignments', { token, query })).body.assignments).toHaveLength(0);
    const kept = (await apple.call('getAssignments', { token, query: { includeUserState: true } })).body.assignments;
    const activeOnly = (await apple.call('getAssignments', { token, query: { excludeInactiveUsers: true } })).body
      .assignments;
    await apple.settle('createUsers', { token, body: { users: [{ clientUserId: 'u-9', ...account }] } });

    expect(kept).toMatchObject([{ adamId: '900000901', clientUserId: 'u-1', userStatus: 'Retired' }]);
    expect(activeOnly).toEqual([]);
    expect((await apple.call('getAssignments', { token })).body.assignments).toMatchObject([
      { adamId: '900000901', clientUserId: 'u-9' },
    ]);
    expect((await apple.control('GET', `/state/${uId}`)).assets).toMatchObject([
      { adamId: '900000001', assignedCount: 0, availableCount: 5 },
      { adamId: '900000901', assignedCount: 1, availableCount: 4 },
    ]);
  });

  test('somebody unknown fails', async () => {
    const { token } = await apple.location();

    const status = await apple.settle('retireUsers', { token, body: { users: [{ clientUserId: 'nobody' }] } });

    expect(status.failures).toMatchObject([{ errorNumber: 9609, errorInfo: { clientUserIds: ['nobody'] } }]);
  });

  test('one never associated comes back as the same row, one formerly associated as a new one', async () => {
    const { token, managedDomain } = await apple.location();
    const both = [{ clientUserId: 'plain' }, { clientUserId: 'linked', managedAppleId: `ada@${managedDomain}` }];
    await apple.settle('createUsers', { token, body: { users: both } });
    await apple.settle('retireUsers', { token, body: { users: both.map(({ clientUserId }) => ({ clientUserId })) } });

    await apple.settle('createUsers', {
      token,
      body: { users: [{ clientUserId: 'plain' }, { clientUserId: 'linked' }] },
    });

    const rows = (await users(token)).map((user) => `${user.clientUserId} ${user.status}`);
    expect(rows).toEqual(['plain Registered', 'linked Retired', 'linked Registered']);
  });
});

test('listings: pages, filters and what changed since a version', async () => {
  const { token } = await apple.location();
  const names = Array.from({ length: 12 }, (_, i) => ({ clientUserId: `u-${i}` }));
  await apple.settle('createUsers', { token, body: { users: names } });
  const first = (await apple.call('getUsers', { token })).body;

  await apple.settle('retireUsers', { token, body: { users: [{ clientUserId: 'u-3' }] } });

  expect([first.size, first.totalPages, first.nextPageIndex]).toEqual([5, 3, 1]);
  expect(await users(token, { sinceVersionId: first.versionId })).toMatchObject([
    { clientUserId: 'u-3', status: 'Retired' },
  ]);
  expect(await users(token, { retiredOnly: true })).toHaveLength(1);
  expect((await apple.call('getUsers', { token, query: { activeOnly: true } })).body.totalPages).toBe(3);
  expect(await users(token, { clientUserId: 'u-11' })).toHaveLength(1);
});

describe('a filter of users', () => {
  async function school() {
    const { token, managedDomain } = await apple.location();
    const account = `ada@${managedDomain}`;
    const people = [{ clientUserId: 'u-1', managedAppleId: account }, { clientUserId: 'u-2' }, { clientUserId: 'u-3' }];
    await apple.settle('createUsers', { token, body: { users: people } });
    await apple.settle('retireUsers', { token, body: { users: [{ clientUserId: 'u-3' }] } });
    const named = async (query: Json) => (await users(token, query)).map(({ clientUserId }) => clientUserId);
    return { token, account, named };
  }

  test('managedAppleId finds the one user of an account, in any case, and nobody for another account', async () => {
    const { account, named } = await school();

    expect(await named({ managedAppleId: account.toUpperCase() })).toEqual(['u-1']);
    expect(await named({ managedAppleId: 'eve@elsewhere.example' })).toEqual([]);
  });

  test('managedAppleId can be ignored or refused', async () => {
    const { token, account, named } = await school();

    await apple.control('PATCH', '/settings', { unknowns: { managedAppleIdFilter: 'ignored' } });
    expect(await named({ managedAppleId: account })).toEqual(['u-1', 'u-2', 'u-3']);

    await apple.control('PATCH', '/settings', { unknowns: { managedAppleIdFilter: 'refused' } });
    const refused = await apple.call('getUsers', { token, query: { managedAppleId: account } });
    await apple.control('PATCH', '/settings', { unknowns: { managedAppleIdFilter: 'honored' } });
    expect([refused.status, refused.body.errorNumber]).toEqual([400, 9602]);
  });

  test('includeRetired=0 leaves out who retired, unless that is switched off', async () => {
    const { named } = await school();

    expect(await named({ includeRetired: 0 })).toEqual(['u-1', 'u-2']);
    expect(await named({ includeRetired: 1 })).toEqual(['u-1', 'u-2', 'u-3']);

    await apple.control('PATCH', '/settings', { unknowns: { includeRetiredFilter: 'ignored' } });
    const all = await named({ includeRetired: 0 });
    await apple.control('PATCH', '/settings', { unknowns: { includeRetiredFilter: 'honored' } });
    expect(all).toEqual(['u-1', 'u-2', 'u-3']);
  });

  test('is ignored while a fault says so, one by name or all of them', async () => {
    const { named } = await school();
    const query = { clientUserId: 'u-2', activeOnly: true };

    await apple.control('POST', '/faults', { name: 'ignored-filters', times: 1, filter: 'clientUserId' });
    expect(await named(query)).toEqual(['u-1', 'u-2']);

    await apple.control('POST', '/faults', { name: 'ignored-filters', times: 1 });
    expect(await named(query)).toEqual(['u-1', 'u-2', 'u-3']);
    expect(await named(query)).toEqual(['u-2']);
  });
});

test('updating changes the address and associates', async () => {
  const { token, managedDomain } = await apple.location();
  await apple.settle('createUsers', { token, body: { users: [{ clientUserId: 'u-1' }] } });

  await apple.settle('updateUsers', {
    token,
    body: { users: [{ clientUserId: 'u-1', email: 'a@b.example', managedAppleId: `ada@${managedDomain}` }] },
  });

  expect(await users(token)).toMatchObject([{ clientUserId: 'u-1', email: 'a@b.example', status: 'Associated' }]);
});

test('people made all at once hold books as long as there are free ones, and every eighth has retired', async () => {
  const { token, uId } = await apple.location();
  await apple.buy(uId, '900000901', 10, { productType: 'Book' });
  await apple.control('PATCH', '/settings', { pageSize: 100 });

  const fleet = { assets: 1, devices: 1, assignmentsPerDevice: 1, users: 16 };
  const made = await apple.control('POST', `/locations/${uId}/bulk`, fleet);
  const listed = await users(token);

  expect(made).toMatchObject({ users: 16 });
  expect(listed.filter(({ status }) => status === 'Retired').map(({ clientUserId }) => clientUserId)).toEqual([
    'person-008',
    'person-016',
  ]);
  const { assignments } = (await apple.call('getAssignments', { token, query: { adamId: '900000901' } })).body;
  expect(assignments).toHaveLength(10);
});
