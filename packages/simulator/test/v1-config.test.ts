import { endpoints, errorTexts, v1Bases } from '@winesap/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
let token: string;
let uId: string;
beforeAll(async () => {
  apple = await AppleSide.start();
  ({ token, uId } = await apple.location());
});
afterAll(() => apple.close());

const post = async (path: string, body: string, headers: Record<string, string> = {}): Promise<Json> =>
  (await fetch(`${apple.url}${path}`, { method: 'POST', body, headers })).json();

describe('service config', () => {
  test.each(Object.values(v1Bases).map(({ base }) => [base]))(
    'answers GET and POST below %s, without a token',
    async (base) => {
      const path = `${base}/VPPServiceConfigSrv`;

      const got: Json = await (await fetch(`${apple.url}${path}`)).json();

      expect(await post(path, '{}')).toEqual(got);
      expect(await post(path, '')).toEqual(got);
      expect(got.status).toBe(0);
      expect(got.registerUserSrvUrl).toBe(`${apple.url}/mdm/registerVPPUserSrv`);
    },
  );

  test('names a URL for every call of version 1, and each is answered', async () => {
    const { body } = await apple.call('v1ServiceConfig', { body: {} });
    const named = Object.values(body).filter((value): value is string => typeof value === 'string');
    const calls = Object.values(endpoints).filter(
      ({ api, path }) => api === 'v1' && !path.endsWith('ServiceConfigSrv'),
    );

    expect(calls.map(({ path }) => `${apple.url}${path}`).filter((url) => !named.includes(url))).toEqual([]);
  });

  test('has the error texts of version 1', async () => {
    const { errorCodes } = (await apple.call('v1ServiceConfig', { body: {} })).body;
    const words = Object.fromEntries(errorCodes.map((one: Json) => [one.errorNumber, one.errorMessage]));

    expect(words).toMatchObject(errorTexts.v1.texts);
  });

  test('names a limit that holds from then on', async () => {
    await apple.control('PATCH', '/settings', { v1LicensesPerRequest: 1 });
    await apple.buy(uId, '900000001', 5);

    const { body } = await apple.call('v1ServiceConfig', { body: {} });
    const many = { sToken: token, adamIdStr: '900000001', associateSerialNumbers: ['A', 'B'] };
    const refused = await apple.call('v1ManageLicenses', { body: many });
    await apple.control('PATCH', '/settings', { v1LicensesPerRequest: 10 });

    expect([body.maxBatchAssociateLicenseCount, body.maxBatchDisassociateLicenseCount]).toEqual([1, 1]);
    expect(refused.body).toMatchObject({ status: -1, errorNumber: 9602 });
  });
});

describe('a call of version 1', () => {
  test('is answered below every base, whatever the content type says', async () => {
    const body = JSON.stringify({ sToken: token });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };

    const answers = await Promise.all(
      Object.values(v1Bases).map(({ base }) => post(`${base}/getVPPAssetsSrv`, body, form)),
    );

    expect(answers.map((answer) => [answer.status, answer.uId])).toEqual([0, 1, 2].map(() => [0, uId]));
  });

  test.each<[string, string, number]>([
    ['no JSON', 'sToken=x', 9602],
    ['no token', '{}', 9601],
    ['an unknown token', '{"sToken":"x"}', 9622],
  ])('%s is refused in 200, with status −1', async (_name, body, errorNumber) => {
    const response = await fetch(`${apple.url}/mdm/getVPPAssetsSrv`, { method: 'POST', body });

    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: -1, errorNumber });
  });

  test('of a read-only account reads and does not write', async () => {
    const reader = await apple.location();
    const sToken = await apple.token(reader.uId, { appleId: `reader@${reader.managedDomain}` });
    await apple.control('POST', `/accounts/reader@${reader.managedDomain}/role`, { role: 'read-only' });

    const read = await apple.call('v1GetUsers', { body: { sToken } });
    const written = await apple.call('v1RegisterUser', { body: { sToken, clientUserIdStr: 'u-1' } });

    expect([read.body.status, written.body.errorNumber]).toEqual([0, 9637]);
  });

  test('shares the limit of its location with version 2', async () => {
    const side = await AppleSide.start({ rateLimit: true });
    const { token: sToken } = await side.location();
    await side.control('PATCH', '/settings', { limits: { maxRequestPerSecond: 2 } });

    await side.call('getAssets', { token: sToken });
    await side.call('v1GetAssets', { body: { sToken } });
    const third = await side.call('v1GetAssets', { body: { sToken } });
    await side.close();

    expect(third.body).toMatchObject({ status: -1, errorNumber: 9646 });
  });

  test('says when its token ends, and warns in the last fifteen days', async () => {
    const now = Date.parse((await apple.control('GET', '/clock')).now);
    const [late, soon] = await Promise.all(
      [16, 14].map(async (days) => {
        const sToken = await apple.token(uId, { expiresAt: now + days * 86_400_000 });
        return (await apple.call('v1GetAssets', { body: { sToken } })).body;
      }),
    );

    expect(late.expirationMillis).toBe(now + 16 * 86_400_000);
    expect(late).not.toHaveProperty('tokenExpDate');
    expect(soon.tokenExpDate).toMatch(/^\d{4}-\d\d-\d\dT.*\+0000$/);
  });
});
