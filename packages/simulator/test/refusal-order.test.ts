import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
});
afterAll(() => apple.close());

/** The order is an assumption (FIDELITY.md); this test says what it is. */
test('a request that breaks every rule hears of them one by one, in the assumed order', async () => {
  const { uId, managedDomain, token: good } = await apple.location();
  await apple.buy(uId, '900000001', 5);
  await apple.buy(uId, '900000901', 5);
  const appleId = `reader@${managedDomain}`;
  const now = Date.parse((await apple.control('GET', '/clock')).now);
  const dead = await apple.token(uId, { appleId, expiresAt: now - 1000 });
  const expired = await apple.token(uId, { appleId: `late@${managedDomain}`, expiresAt: now - 1000 });
  await apple.control('POST', `/accounts/${appleId}/reset-password`);
  const readOnly = await apple.token(uId, { appleId });
  await apple.control('POST', `/accounts/${appleId}/role`, { role: 'read-only' });

  const send = async (
    method: string,
    authorization: string,
    type: string,
    body: string,
  ): Promise<number | undefined> => {
    const response = await fetch(`${apple.url}/mdm/v2/assets/associate`, {
      method,
      headers: { authorization, 'content-type': type },
      ...(method === 'POST' ? { body } : {}),
    });
    return ((await response.json()) as Json).errorNumber;
  };
  const bearer = (token: string) => `Bearer ${token}`;
  const many = Array.from({ length: 25 }, (_, i) => ({ adamId: String(i + 1) }));
  const bad = JSON.stringify({ assets: [...many, ...many, { adamId: '99' }], serialNumbers: ['A', 'A'] });
  const json = (assets: Json, more: Json) => JSON.stringify({ assets, ...more });
  const book = { adamId: '900000901' };
  const app = { adamId: '900000001' };

  const heard: (number | undefined)[] = [];
  heard.push(await send('PUT', 'Token x', 'text/plain', '{'));
  heard.push(await send('PUT', bearer('x'), 'text/plain', '{'));
  heard.push(await send('PUT', bearer(dead), 'text/plain', '{'));
  heard.push(await send('PUT', bearer(expired), 'text/plain', '{'));
  await apple.control('PATCH', '/settings', { rateLimit: true, limits: { maxRequestPerSecond: 0 } });
  heard.push(await send('PUT', bearer(readOnly), 'text/plain', '{'));
  heard.push(await send('PUT', bearer(good), 'text/plain', '{'));
  await apple.control('PATCH', '/settings', { rateLimit: false, limits: { maxRequestPerSecond: 15 } });
  heard.push(await send('PUT', bearer(good), 'text/plain', '{'));
  heard.push(await send('POST', bearer(good), 'text/plain', '{'));
  heard.push(await send('POST', bearer(good), 'application/json', '{'));
  heard.push(await send('POST', bearer(good), 'application/json', bad));
  heard.push(
    await send(
      'POST',
      bearer(good),
      'application/json',
      json([...many, { adamId: '1' }, { adamId: 7 }], { serialNumbers: ['A', 'A'] }),
    ),
  );
  heard.push(
    await send('POST', bearer(good), 'application/json', json([...many, { adamId: 7 }], { serialNumbers: ['A', 'A'] })),
  );
  heard.push(await send('POST', bearer(good), 'application/json', json([{ adamId: 7 }], {})));
  heard.push(await send('POST', bearer(good), 'application/json', json([], {})));
  heard.push(await send('POST', bearer(good), 'application/json', json([book], { clientUserIds: [] })));
  heard.push(
    await send(
      'POST',
      bearer(good),
      'application/json',
      json([book], { clientUserIds: ['nobody'], serialNumbers: ['A'] }),
    ),
  );
  heard.push(
    await send(
      'POST',
      bearer(good),
      'application/json',
      json([app], { clientUserIds: ['nobody'], serialNumbers: ['A'] }),
    ),
  );
  heard.push(await send('POST', bearer(good), 'application/json', json([app], { serialNumbers: ['A'] })));

  expect(heard).toEqual([
    9722,
    9622,
    9625,
    9621,
    9637,
    9646,
    9726,
    9727,
    9602,
    9700,
    9703,
    9705,
    9602,
    9718,
    9719,
    9707,
    9609,
    undefined,
  ]);
});
