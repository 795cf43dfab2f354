import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { defaultUnknowns } from '../src/world/unknowns.ts';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

let apple: AppleSide;
let receiver: Receiver;
beforeAll(async () => {
  apple = await AppleSide.start();
  receiver = await Receiver.start();
});
afterEach(() => apple.control('PATCH', '/settings', { unknowns: defaultUnknowns() }));
afterAll(() => Promise.all([apple.close(), receiver.close()]));

const set = (unknowns: Json) => apple.control('PATCH', '/settings', { unknowns });
const mdmInfo = { id: 'installation-1', name: 'Winesap', metadata: 'test' };
const assets = [{ adamId: '900000001' }];

async function withLicenses(quantity: number) {
  const location = await apple.location();
  await apple.buy(location.uId, '900000001', quantity);
  return location;
}

test('an unknown name or value is refused with a sentence', async () => {
  for (const unknowns of [{ nothing: 1 }, { tokenDownload: 'x' }, { eventLifetimeMs: -1 }]) {
    const { status, body } = await apple.tryControl('PATCH', '/settings', { unknowns });
    expect([status, typeof body.error]).toEqual([400, 'string']);
  }
});

test('tokenDownload: revokes-older', async () => {
  const { uId, token } = await apple.location();
  await set({ tokenDownload: 'revokes-older' });
  await apple.token(uId);
  expect((await apple.call('getAssets', { token })).body.errorNumber).toBe(9625);
});

test('expiryInAnswers: last-15-days', async () => {
  const { uId } = await apple.location();
  await set({ expiryInAnswers: 'last-15-days' });
  const now = Date.parse((await apple.control('GET', '/clock')).now);
  const [late, soon] = await Promise.all(
    [16, 14].map((days) => apple.token(uId, { expiresAt: now + days * 86_400_000 })),
  );

  expect((await apple.call('getAssets', { token: late })).body).not.toHaveProperty('tokenExpirationDate');
  expect((await apple.call('getAssets', { token: soon })).body).toHaveProperty('tokenExpirationDate');
});

describe('client config', () => {
  test('clientConfigOmitted: clear', async () => {
    const { token } = await apple.location();
    await apple.call('setClientConfig', { token, body: { mdmInfo, notificationTypes: ['ASSET_COUNT'] } });
    await set({ clientConfigOmitted: 'clear' });

    await apple.call('setClientConfig', { token, body: { notificationTypes: ['USER_ASSOCIATED'] } });

    const { body } = await apple.call('getClientConfig', { token });
    expect(body).not.toHaveProperty('mdmInfo');
    expect(body.subscribedNotificationTypes).toEqual(['USER_ASSOCIATED']);
  });

  test('claimInPostAnswer: absent', async () => {
    const { token } = await apple.location();
    await set({ claimInPostAnswer: 'absent' });

    expect((await apple.call('setClientConfig', { token, body: { mdmInfo } })).body).not.toHaveProperty('mdmInfo');
    expect((await apple.call('getClientConfig', { token })).body.mdmInfo).toEqual(mdmInfo);
  });

  test.each([
    ['both', [true, true]],
    ['null', [true, false]],
    ['empty-strings', [false, true]],
    ['never', [false, false]],
  ])('clearClaim: %s', async (clearClaim, clears) => {
    const { token } = await apple.location();
    await set({ clearClaim });
    for (const [i, claim] of [null, { id: '', name: '', metadata: '' }].entries()) {
      await apple.call('setClientConfig', { token, body: { mdmInfo } });
      const { status } = await apple.call('setClientConfig', { token, body: { mdmInfo: claim } });
      expect(status).toBe(clears[i] ? 200 : 400);
    }
  });

  test('testNotification: always', async () => {
    const { uId, token } = await apple.location();
    await apple.call('setClientConfig', {
      token,
      body: { notificationUrl: receiver.url, notificationAuthToken: 'hush' },
    });
    await set({ testNotification: 'always' });

    await apple.call('setClientConfig', { token, body: { mdmInfo } });

    expect(receiver.notifications(uId, 'TEST_NOTIFICATION')).toHaveLength(2);
  });
});

describe('listings', () => {
  test('versionLifetimeChanges', async () => {
    const { uId, token } = await withLicenses(10);
    const { versionId: sinceVersionId } = (await apple.call('getAssignments', { token })).body;
    await set({ versionLifetimeChanges: 2 });
    await apple.control('POST', `/locations/${uId}/churn`, { assign: 2 });
    expect((await apple.call('getAssignments', { token, query: { sinceVersionId } })).status).toBe(200);
    await apple.control('POST', `/locations/${uId}/churn`, { assign: 1 });
    expect((await apple.call('getAssignments', { token, query: { sinceVersionId } })).body.errorNumber).toBe(9721);
  });

  test('unlimitedAvailable and unlimitedInSize', async () => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/purchases`, { adamId: '900000001', unlimited: true });
    await apple.control('POST', `/locations/${uId}/churn`, { assign: 4 });
    const available = async () => (await apple.call('getAssets', { token })).body.assets[0].availableCount;
    const size = async () => (await apple.call('getAssets', { token, query: { unlimited: true } })).body.size;
    expect([await available(), await size()]).toEqual([2147483643, 1]);

    await set({ unlimitedAvailable: 'unlimited', unlimitedInSize: false });

    expect([await available(), await size()]).toEqual([2147483647, 0]);
  });
});

describe('associating', () => {
  test('shortSupply: all-or-nothing', async () => {
    const { token } = await withLicenses(2);
    await set({ shortSupply: 'all-or-nothing' });

    const status = await apple.settle('associateAssets', { token, body: { assets, serialNumbers: ['A', 'B', 'C'] } });

    expect(status).toMatchObject({ eventStatus: 'FAILED', numCompleted: 0, failures: [{ errorNumber: 9709 }] });
  });

  test('reassociate and disassociateMissing: failure', async () => {
    const { token } = await withLicenses(2);
    await apple.settle('associateAssets', { token, body: { assets, serialNumbers: ['A'] } });
    await set({ reassociate: 'failure', disassociateMissing: 'failure' });

    const again = await apple.settle('associateAssets', { token, body: { assets, serialNumbers: ['A'] } });
    const missing = await apple.settle('disassociateAssets', { token, body: { assets, serialNumbers: ['B'] } });

    expect([again.failures[0].errorNumber, missing.failures[0].errorNumber]).toEqual([9616, 9619]);
  });

  test.each([
    ['refuse-9718', 9718],
    ['fail-9709', undefined],
  ])('unknownAsset: %s', async (unknownAsset, errorNumber) => {
    const { token } = await withLicenses(1);
    await set({ unknownAsset });
    const options = { token, body: { assets: [{ adamId: '1' }], serialNumbers: ['A'] } };

    if (errorNumber !== undefined)
      expect((await apple.call('associateAssets', options)).body.errorNumber).toBe(errorNumber);
    else expect((await apple.settle('associateAssets', options)).failures[0].errorNumber).toBe(9709);
  });

  test('unknownUser: fail', async () => {
    const { token } = await withLicenses(1);
    await set({ unknownUser: 'fail' });

    const status = await apple.settle('associateAssets', {
      token,
      body: { assets, clientUserIds: ['nobody'], serialNumbers: ['A'] },
    });

    expect(status).toMatchObject({
      eventStatus: 'FAILED',
      numRequested: 2,
      numCompleted: 1,
      failures: [{ errorNumber: 9609, errorInfo: { clientUserIds: ['nobody'] } }],
    });
  });

  test('eventSeenByOtherTokens: false, and eventLifetimeMs', async () => {
    const { uId, token } = await withLicenses(1);
    const other = await apple.token(uId);
    const { eventId } = (await apple.call('associateAssets', { token, body: { assets, serialNumbers: ['A'] } })).body;
    const query = { eventId };
    expect((await apple.call('eventStatus', { token: other, query })).status).toBe(200);

    await set({ eventSeenByOtherTokens: false, eventLifetimeMs: 60_000 });
    expect((await apple.call('eventStatus', { token: other, query })).body.errorNumber).toBe(9708);
    await apple.control('POST', '/clock', { advanceMs: 70_000 });
    expect((await apple.call('eventStatus', { token, query })).body.errorNumber).toBe(9708);
  });
});

test('booksOfRetired: retired', async () => {
  const { uId, token } = await apple.location();
  await apple.buy(uId, '900000901', 5);
  await apple.settle('createUsers', { token, body: { users: [{ clientUserId: 'u-1' }] } });
  await apple.settle('associateAssets', { token, body: { assets: [{ adamId: '900000901' }], clientUserIds: ['u-1'] } });
  await set({ booksOfRetired: 'retired' });

  await apple.settle('retireUsers', { token, body: { users: [{ clientUserId: 'u-1' }] } });

  expect((await apple.call('getAssets', { token })).body.assets).toMatchObject([
    { assignedCount: 0, retiredCount: 1, availableCount: 4, totalCount: 5 },
  ]);
});

test('unlimitedAssetNotification: true', async () => {
  const { uId, token } = await apple.location();
  await apple.call('setClientConfig', {
    token,
    body: { notificationUrl: receiver.url, notificationAuthToken: 'hush', notificationTypes: ['UNLIMITED_ASSET'] },
  });
  await set({ unlimitedAssetNotification: true });

  await apple.control('POST', `/locations/${uId}/purchases`, { adamId: '900000001', unlimited: true });
  await apple.control('POST', '/clock', { advanceMs: 1000 });

  expect(receiver.notifications(uId, 'UNLIMITED_ASSET')).toEqual([{ adamId: '900000001', pricingParam: 'STDQ' }]);
});

test('retryAfterOn429', async () => {
  const { token } = await apple.location();
  await apple.control('PATCH', '/settings', {
    rateLimit: true,
    limits: { maxRequestPerSecond: 0 },
    unknowns: { retryAfterOn429: 7 },
  });

  const { headers, status } = await apple.call('getAssets', { token });
  await apple.control('PATCH', '/settings', { rateLimit: false, limits: { maxRequestPerSecond: 15 } });

  expect([status, headers.get('retry-after')]).toEqual([429, '7']);
});
