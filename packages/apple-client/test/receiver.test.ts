import { describe, expect, test } from 'vitest';
import { type AppleNotification, createReceiver, isAuthorized, readNotification } from '../src/index.ts';

const BODY = JSON.stringify({
  notificationId: 'n-1',
  notificationType: 'ASSET_COUNT',
  uId: '2049025000431439',
  notification: { adamId: '361309726', pricingParam: 'STDQ', countDelta: -12 },
});

function post(body: BodyInit, authorization: string | null = 'Bearer new-secret'): Request {
  return new Request('https://winesap.example/hooks/1', {
    method: 'POST',
    body,
    ...(authorization === null ? {} : { headers: { authorization } }),
  });
}

function receiver(more: Partial<Parameters<typeof createReceiver>[0]> = {}) {
  const received: AppleNotification[] = [];
  const bodies: string[] = [];
  const receive = createReceiver({
    secrets: ['new-secret', 'old-secret'],
    onNotification: (notification, body) => {
      received.push(notification);
      bodies.push(body);
    },
    ...more,
  });
  return { receive, received, bodies };
}

describe('the receiver', () => {
  test('passes on what Apple sent, parsed and raw', async () => {
    const { receive, received, bodies } = receiver();

    const response = await receive(post(BODY));

    expect(response.status).toBe(200);
    expect(received).toMatchObject([
      { kind: 'ASSET_COUNT', adamId: '361309726', countDelta: -12, notificationId: 'n-1' },
    ]);
    expect(bodies).toEqual([BODY]);
  });

  test('accepts the old secret as well as the new one', async () => {
    const { receive } = receiver();

    expect((await receive(post(BODY, 'Bearer old-secret'))).status).toBe(200);
    expect((await receive(post(BODY, 'bearer new-secret'))).status).toBe(200);
  });

  test.each([[null], ['Bearer wrong'], ['Bearer'], ['Basic new-secret'], ['Bearer new-secret2'], ['Bearer new-secre']])(
    'turns away %s',
    async (authorization) => {
      const { receive, received } = receiver();

      expect((await receive(post(BODY, authorization))).status).toBe(401);
      expect(received).toEqual([]);
    },
  );

  test('calls a function for the secrets each time', async () => {
    let secrets = ['one'];
    const { receive } = receiver({ secrets: async () => secrets });

    const before = await receive(post(BODY, 'Bearer two'));
    secrets = ['two'];
    const after = await receive(post(BODY, 'Bearer two'));

    expect([before.status, after.status]).toEqual([401, 200]);
  });

  test('accepts only POST', async () => {
    const response = await receiver().receive(new Request('https://winesap.example/hooks/1'));

    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('refuses bodies that are not notifications or too large', async () => {
    const { receive, received } = receiver({ maxBytes: 1_000 });

    const statuses = [];
    for (const body of ['', 'no json', '[]', '{"uId":"1"}', 'x'.repeat(2_000)]) {
      statuses.push((await receive(post(body))).status);
    }

    expect(statuses).toEqual([400, 400, 400, 400, 413]);
    expect(received).toEqual([]);
  });

  test('answers 500 if a notification could not be stored, so that Apple repeats it', async () => {
    const errors: unknown[] = [];
    const full = new Error('disk full');
    const { receive } = receiver({
      onNotification: () => Promise.reject(full),
      onError: (error) => errors.push(error),
    });

    expect((await receive(post(BODY))).status).toBe(500);
    expect(errors).toEqual([full]);
  });
});

describe('a notification', () => {
  test('of an unknown type keeps everything', () => {
    const body = { notificationId: 'n', notificationType: 'IN_APP_COUNT', uId: '1', notification: { a: [1] } };

    expect(readNotification(JSON.stringify(body))).toMatchObject({
      kind: 'OTHER',
      notificationType: 'IN_APP_COUNT',
      raw: { a: [1] },
    });
  });

  test.each([
    ['rows that are none', 'ASSET_MANAGEMENT', { assignments: [7], eventId: 'e', result: 'SUCCESS' }],
    ['no event', 'USER_MANAGEMENT', { users: [], result: 'SUCCESS' }],
    ['no result', 'SUBSCRIPTION_MANAGEMENT', { assignments: [], eventId: 'e' }],
    ['no difference', 'ASSET_COUNT', { adamId: '1' }],
    ['no content', 'SUBSCRIPTION_COUNT', undefined],
  ])('with %s is still one that something changed', (_name, notificationType, notification) => {
    const read = readNotification(JSON.stringify({ notificationId: 'n', notificationType, uId: '1', notification }));

    expect(read).toMatchObject({ kind: 'OTHER', notificationType, uId: '1' });
  });
});

test('an empty secret matches no request', () => {
  expect(isAuthorized('Bearer ', [''])).toBe(false);
  expect(isAuthorized('', [''])).toBe(false);
  expect(isAuthorized('Bearer x', [])).toBe(false);
  expect(isAuthorized(null, ['x'])).toBe(false);
  expect(isAuthorized('Bearer Grüße', ['Grüße'])).toBe(true);
});
