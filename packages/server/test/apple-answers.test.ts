import { AppleFailureError } from '@winesap/core';
import { expect, test } from 'vitest';
import { createApple } from '../src/apple/create-apple.ts';
import { CONFIG, PAGE, type StubApple, stubApple, UID } from './stub-apple.ts';

const FILE = btoa(JSON.stringify({ token: 'inner', expDate: '2030-11-08T22:33:22+0000', orgName: 'Orchard' }));
const THEIRS = '2049025000999999';

const appleAt = ({ url }: StubApple) =>
  createApple({ baseUrl: url, timeoutMs: 5000, version: 'test', markOf: () => 'mark' });

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppleFailureError)) throw new Error('expected a failure of Apple', { cause: error });
  return error.failure;
}

test('names and messages from Apple are cleaned of what breaks a database or a screen', async () => {
  const stub = await stubApple((request) =>
    request.endsWith('/client/config')
      ? {
          body: {
            ...CONFIG,
            locationName: 'Chi\u0000cago\nHQ \ud83c',
            mdmInfo: { id: 'other\u0000', name: 'Other\u001b[31m MDM', metadata: '\u202emeta' },
          },
        }
      : { status: 401, body: { errorNumber: 9625, errorMessage: 'revoked\u0000 by\r\nthe server' } },
  );
  const location = appleAt(stub).open(FILE, UID);

  const config = await location.clientConfig('quick');
  const failure = await failureOf(location.firstAssets());

  expect(config).toMatchObject({
    locationName: 'Chicago HQ \ufffd',
    mdmInfo: { id: 'other', name: 'Other[31m MDM', metadata: 'meta' },
  });
  expect(failure).toMatchObject({ errorNumber: 9625, errorMessage: 'revoked by the server' });
});

test('a known location rejects an answer about another one, and names both', async () => {
  const stub = await stubApple(() => ({ body: { ...PAGE, assets: [], uId: THEIRS } }));
  const apple = appleAt(stub);

  const failure = await failureOf(apple.open(FILE, UID).firstAssets());

  expect(failure).toEqual({
    kind: 'other-location',
    httpStatus: 200,
    doing: 'retrieving token assets',
    expected: UID,
    found: THEIRS,
    mayHaveArrived: false,
  });
  expect((await apple.openFile(FILE, UID).firstAssets()).trailer.uId).toBe(THEIRS);
});

test.each([
  ['429 of Apple', { status: 429, body: { errorNumber: 9646, errorMessage: 'busy' } }],
  ['429 of something else', { status: 429, body: '<html/>' }],
  ['503', { status: 503, body: '' }],
  ['a Retry-After that nobody understands', { status: 500, headers: { 'retry-after': 'soon' }, body: '' }],
])('even while a person waits, Apple is asked again a second after %s at the earliest', async (_what, said) => {
  const stub = await stubApple((_request, number) => (number === 1 ? said : { body: CONFIG }));

  await appleAt(stub).open(FILE, UID).clientConfig('quick');

  const [first = 0, second = 0] = stub.askedAt;
  expect(stub.asked).toHaveLength(2);
  expect(second - first).toBeGreaterThanOrEqual(990);
});
