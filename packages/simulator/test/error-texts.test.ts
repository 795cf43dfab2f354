import { errorTexts } from '@winesap/contract';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

let apple: AppleSide;
let receiver: Receiver;
let token: string;
let uId: string;
beforeAll(async () => {
  apple = await AppleSide.start();
  receiver = await Receiver.start();
  ({ token, uId } = await apple.location());
  await apple.buy(uId, '900000001', 1);
});
afterEach(() => apple.control('PATCH', '/settings', { unknowns: { errorTexts: 'apple', unknownUser: 'refuse' } }));
afterAll(() => Promise.all([apple.close(), receiver.close()]));

const unknownUser = { assets: [{ adamId: '900000001' }], clientUserIds: ['nobody'] };

test('a refusal has the text of Apple’s table, which clients look for', async () => {
  const { body } = await apple.call('associateAssets', { token, body: unknownUser });

  expect(body).toMatchObject({ errorNumber: 9609, errorMessage: 'Unable to find the registered user.' });
});

test('failures of events and errors of notifications have it too', async () => {
  const notifications = { notificationUrl: receiver.url, notificationAuthToken: 'hush' };
  await apple.call('setClientConfig', { token, body: { ...notifications, notificationTypes: ['ASSET_MANAGEMENT'] } });
  await apple.control('PATCH', '/settings', { unknowns: { unknownUser: 'fail' } });

  const status = await apple.settle('associateAssets', { token, body: unknownUser });

  const text = 'Unable to find the registered user.';
  expect(status.failures).toMatchObject([{ errorNumber: 9609, errorMessage: text }]);
  expect(receiver.notifications(uId, 'ASSET_MANAGEMENT')).toMatchObject([{ error: { errorMessage: text } }]);
});

test('service config words some numbers in other ways than answers do', async () => {
  const { errorCodes } = (await apple.call('serviceConfig')).body;
  const announced = Object.fromEntries(errorCodes.map((one: Json) => [one.errorNumber, one.errorMessage]));
  const { body } = await apple.call('associateAssets', { token, body: { ...unknownUser, assets: [] } });

  expect(announced).toEqual(errorTexts['service-config'].texts);
  expect(announced[9700]).toMatch(/^Max assets limit/);
  expect(body.errorMessage).toBe(errorTexts.answers.texts['9718']);
});

test('our own words name the argument', async () => {
  await apple.control('PATCH', '/settings', { unknowns: { errorTexts: 'ours' } });

  const { body } = await apple.call('getAssets', { token, query: { revocable: 'maybe' } });

  expect(body).toMatchObject({ errorNumber: 9602, errorMessage: 'Invalid argument: revocable.' });
});
