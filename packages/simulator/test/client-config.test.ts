import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

let apple: AppleSide;
let receiver: Receiver;
beforeAll(async () => {
  apple = await AppleSide.start();
  receiver = await Receiver.start();
});
afterAll(() => Promise.all([apple.close(), receiver.close()]));

const mdmInfo = { id: 'installation-1', name: 'Winesap', metadata: 'test' };

describe('the claim', () => {
  test('is echoed in every answer until it is cleared', async () => {
    const { token } = await apple.location();

    await apple.call('setClientConfig', { token, body: { mdmInfo } });
    expect((await apple.call('getClientConfig', { token })).body.mdmInfo).toEqual(mdmInfo);
    expect((await apple.call('getAssets', { token })).body.mdmInfo).toEqual(mdmInfo);
    expect((await apple.call('getAssignments', { token })).body.mdmInfo).toEqual(mdmInfo);

    await apple.call('setClientConfig', { token, body: { mdmInfo: null } });
    expect((await apple.call('getAssets', { token })).body).not.toHaveProperty('mdmInfo');
  });

  test('of another server takes the location without an error', async () => {
    const { uId, token } = await apple.location();
    await apple.call('setClientConfig', { token, body: { mdmInfo } });

    await apple.control('POST', `/locations/${uId}/claim`, { id: 'other', name: 'Other MDM', metadata: '' });

    expect((await apple.call('getClientConfig', { token })).body.mdmInfo.id).toBe('other');
    await apple.control('POST', `/locations/${uId}/claim`, null);
    expect((await apple.call('getClientConfig', { token })).body).not.toHaveProperty('mdmInfo');
  });

  test.each<[string, Json, number]>([
    ['without a name', { id: 'a', metadata: '' }, 9723],
    ['with an id of 101 characters', { ...mdmInfo, id: 'x'.repeat(101) }, 9724],
    ['with a name of 101 characters', { ...mdmInfo, name: 'x'.repeat(101) }, 9725],
    ['with metadata of 256 characters', { ...mdmInfo, metadata: 'x'.repeat(256) }, 9713],
    ['with a number as id', { ...mdmInfo, id: 1 }, 9602],
  ])('%s is refused and changes nothing', async (_name, wanted, errorNumber) => {
    const { token } = await apple.location();

    const answer = await apple.call('setClientConfig', { token, body: { mdmInfo: wanted } });

    expect([answer.status, answer.body.errorNumber]).toEqual([400, errorNumber]);
    expect((await apple.call('getClientConfig', { token })).body).not.toHaveProperty('mdmInfo');
  });
});

describe('notifications', () => {
  test('are set up after the receiver answered a test', async () => {
    const { uId, token } = await apple.location();

    const { body } = await apple.call('setClientConfig', {
      token,
      body: { notificationUrl: receiver.url, notificationAuthToken: 'hush', notificationTypes: ['ASSET_COUNT'] },
    });

    expect(body).toMatchObject({
      notificationUrl: receiver.url,
      notificationAuthToken: 'hush',
      subscribedNotificationTypes: ['ASSET_COUNT'],
    });
    expect(receiver.of(uId)).toMatchObject([
      { authorization: 'Bearer hush', body: { notificationType: 'TEST_NOTIFICATION', notification: {} } },
    ]);
  });

  test.each<[string, Json, number]>([
    ['a URL without a token', { notificationUrl: 'https://mdm.example/hook' }, 9710],
    ['a token without a URL', { notificationAuthToken: 'hush' }, 9710],
    ['a long token', { notificationUrl: 'https://mdm.example/hook', notificationAuthToken: 'x'.repeat(513) }, 9711],
    ['plain http', { notificationUrl: 'http://mdm.example/hook', notificationAuthToken: 'hush' }, 9712],
    ['a query', { notificationUrl: 'https://mdm.example/hook?id=1', notificationAuthToken: 'hush' }, 9712],
    ['no URL at all', { notificationUrl: 'hook', notificationAuthToken: 'hush' }, 9712],
    ['an unknown type', { notificationTypes: ['NEWS'] }, 9602],
    ['a receiver nobody runs', { notificationUrl: 'http://127.0.0.1:1/hook', notificationAuthToken: 'hush' }, 9728],
  ])('%s is refused', async (_name, body, errorNumber) => {
    const { token } = await apple.location();

    const answer = await apple.call('setClientConfig', { token, body });

    expect([answer.status, answer.body.errorNumber]).toEqual([400, errorNumber]);
  });

  test.each([
    ['loopback', [200, 9712]],
    ['anywhere', [200, 9728]],
    ['nowhere', [9712, 9712]],
  ])('plain http %s: on this machine, and beyond', async (plainHttpReceivers, expected) => {
    await apple.control('PATCH', '/settings', { plainHttpReceivers });
    const { token } = await apple.location();
    const answers = [receiver.url, 'http://127.0.0.2:1/hook'].map(async (notificationUrl) => {
      const body = { notificationUrl, notificationAuthToken: 'hush' };
      const answer = await apple.call('setClientConfig', { token, body });
      return answer.body.errorNumber ?? answer.status;
    });

    const outcomes = await Promise.all(answers);
    await apple.control('PATCH', '/settings', { plainHttpReceivers: 'loopback' });

    expect(outcomes).toEqual(expected);
  });

  test('a receiver that answers 500 gets nothing configured, the claim neither', async () => {
    const { token } = await apple.location();
    receiver.answer = 500;

    const answer = await apple.call('setClientConfig', {
      token,
      body: { mdmInfo, notificationUrl: receiver.url, notificationAuthToken: 'hush' },
    });
    receiver.answer = 200;

    expect(answer.body.errorNumber).toBe(9728);
    const { body } = await apple.call('getClientConfig', { token });
    expect(body).not.toHaveProperty('notificationUrl');
    expect(body).not.toHaveProperty('mdmInfo');
  });
});
