import { expect, test } from 'vitest';
import { AppleError } from '../src/index.ts';
import { appleWorld } from './apple-world.ts';
import { failure, sleepyTime } from './builders.ts';

test('a token stops working when its downloader changes the password', async () => {
  const apple = await appleWorld();
  const { uId } = await apple.location();
  const contentToken = await apple.act<string>('POST', `/locations/${uId}/tokens`, { appleId: 'eve@orchard.example' });
  await apple.act('POST', '/accounts/eve@orchard.example/reset-password', {});

  const error = await failure(apple.client(contentToken).assets());

  expect(error).toMatchObject({ kind: 'refused', httpStatus: 401, errorNumber: 9625, tokenProblem: 'revoked' });
  expect((error as AppleError).message).toMatch(/^401 - error while retrieving token assets \|\| 9625 - ./);
});

test('a token past its expiry date is expired', async () => {
  const apple = await appleWorld();
  const { uId } = await apple.location();
  const contentToken = await apple.act<string>('POST', `/locations/${uId}/tokens`, {
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  });
  await apple.act('POST', '/clock', { advanceMs: 120_000 });

  expect(await failure(apple.client(contentToken).clientConfig())).toMatchObject({
    errorNumber: 9621,
    tokenProblem: 'expired',
  });
});

test.each([200, 401])("a text that isn't a token is invalid, also when Apple answers with HTTP %i", async (status) => {
  const apple = await appleWorld();
  await apple.fault('wrong-status-9622', { status });

  const error = await failure(apple.client('bm90IGEgdG9rZW4=').clientConfig());

  expect(error).toMatchObject({ errorNumber: 9622, tokenProblem: 'invalid', httpStatus: status });
});

test('an account that lost its role is not permitted', async () => {
  const apple = await appleWorld();
  const { uId } = await apple.location();
  const contentToken = await apple.act<string>('POST', `/locations/${uId}/tokens`, { appleId: 'eve@orchard.example' });
  await apple.act('POST', '/accounts/eve@orchard.example/role', { role: 'none' });

  expect(await failure(apple.client(contentToken).assets())).toMatchObject({
    httpStatus: 403,
    tokenProblem: 'not-permitted',
  });
});

test.each([
  ['busy', {}],
  ['server-error', {}],
  ['maintenance', { form: 'seconds' }],
  ['maintenance', { form: 'date' }],
  ['html-error', {}],
  ['truncated-json', {}],
  ['empty-body', {}],
  ['reset-before-accept', {}],
])('a read gets over %s %j', async (name, more) => {
  const apple = await appleWorld();
  const { uId, contentToken } = await apple.location();
  await apple.fault(name, { times: 1, ...more });

  const time = sleepyTime();
  const config = await apple.client(contentToken, { time }).clientConfig();

  expect(config.uId).toBe(uId);
  expect((await apple.requests()).total).toBe(2);
});

test('a request without an answer fails after the timeout', async () => {
  const apple = await appleWorld();
  const { contentToken } = await apple.location();
  await apple.fault('hang');

  const error = await failure(apple.client(contentToken).clientConfig({ timeoutMs: 100, retry: false }));

  expect(error).toMatchObject({ kind: 'no-answer', reason: 'timeout' });
});

test('an unknown error number is passed on', async () => {
  const apple = await appleWorld();
  const { contentToken } = await apple.location();
  await apple.fault('unknown-error-number');

  const error = await failure(apple.client(contentToken, { time: sleepyTime() }).clientConfig());

  expect(error).toBeInstanceOf(AppleError);
  expect(error).toMatchObject({ kind: 'refused', tokenProblem: null });
});

test('a claim that was accepted before the connection broke is not sent twice, and shows afterwards', async () => {
  const apple = await appleWorld();
  const { contentToken } = await apple.location();
  await apple.fault('reset-after-accept', { times: 1 });
  const client = apple.client(contentToken);

  const error = await failure(client.setClientConfig({ mdmInfo: { id: 'w-1', name: 'Winesap', metadata: '1' } }));
  const { mdmInfo } = await client.clientConfig();

  expect(error).toMatchObject({ kind: 'no-answer', reason: 'network', mayHaveArrived: true, attempts: 1 });
  expect(mdmInfo?.id).toBe('w-1');
  expect((await apple.requests()).byPath['POST /mdm/v2/client/config']).toBe(1);
});

test('assets that change during the read are read again', async () => {
  const apple = await appleWorld({ pageSize: 5, rateLimit: false });
  const { uId, contentToken } = await apple.location();
  await apple.act('POST', `/locations/${uId}/bulk`, { assets: 23, devices: 1, assignmentsPerDevice: 1 });
  await apple.fault('torn-pages', { times: 3 });

  const { rows } = await apple.client(contentToken, { time: sleepyTime() }).assets();

  expect(new Set(rows.map((row) => row.adamId)).size).toBe(23);
  expect(rows).toHaveLength(23);
});
