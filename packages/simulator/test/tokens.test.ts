import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
});
afterAll(() => apple.close());

describe('a downloaded token', () => {
  test('is the Base64 of token, expDate and orgName, with the file name of the portal', async () => {
    const { uId } = await apple.location({ orgName: '湖畔学校', locationName: 'PS 01' });

    const { body, headers } = await apple.tryControl('POST', `/locations/${uId}/tokens`, {});

    const content = JSON.parse(Buffer.from(body, 'base64').toString('utf8'));
    expect(Object.keys(content).sort()).toEqual(['expDate', 'orgName', 'token']);
    expect(content.orgName).toBe('湖畔学校');
    expect(content.expDate).toBe('2027-11-01T08:00:00+0000');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    expect(headers.get('content-disposition')).toBe('attachment; filename="sToken_for_PS 01.vpptoken"');
  });

  test('opens its location, and says which', async () => {
    const { uId, token } = await apple.location({ kind: 'school', countryISO2ACode: 'de' });

    const { status, body } = await apple.call('getClientConfig', { token });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      uId,
      countryISO2ACode: 'DE',
      defaultPlatform: 'volumestore',
      websiteURL: 'https://school.apple.com',
      tokenExpirationDate: '2027-11-01T08:00:00+0000',
    });
    expect(body).not.toHaveProperty('mdmInfo');
  });

  test('two of one location are both good, and have one uId', async () => {
    const { uId, token } = await apple.location();

    const second = await apple.token(uId);

    expect(second).not.toBe(token);
    expect((await apple.call('getClientConfig', { token })).body.uId).toBe(uId);
    expect((await apple.call('getClientConfig', { token: second })).body.uId).toBe(uId);
  });
});

describe('a file from elsewhere', () => {
  const fileOf = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64');
  const content = { token: 'c2VjcmV0', expDate: '2026-12-24T18:00:00+0000', orgName: 'Lakeside Schools' };

  test('becomes a token of the location, with the expiry it names', async () => {
    const { uId } = await apple.location();
    const text = fileOf({ ...content, token: 'aW1wb3J0ZWQ=' });

    const returned = await apple.token(uId, { text: `${text}\n` });

    const { body } = await apple.call('getClientConfig', { token: text });
    expect(returned).toBe(text);
    expect(body).toMatchObject({ uId, tokenExpirationDate: '2026-12-24T18:00:00+0000' });
  });

  test('may be any text that fits into a header, once', async () => {
    const { uId } = await apple.location();

    await apple.token(uId, { text: 'mycooltoken' });

    expect((await apple.call('getClientConfig', { token: 'mycooltoken' })).body.uId).toBe(uId);
    expect((await apple.tryControl('POST', `/locations/${uId}/tokens`, { text: 'mycooltoken' })).status).toBe(409);
    expect((await apple.tryControl('POST', `/locations/${uId}/tokens`, { text: 'two words' })).status).toBe(400);
  });

  test('opens as another text around the same secret only where tokens match by content', async () => {
    const { uId } = await apple.location();
    await apple.token(uId, { text: fileOf(content) });
    const { orgName, expDate, token } = content;
    const rewritten = fileOf({ orgName, expDate, token });

    const byText = await apple.call('getClientConfig', { token: rewritten });
    await apple.control('PATCH', '/settings', { unknowns: { tokenMatch: 'content' } });
    const byContent = await apple.call('getClientConfig', { token: rewritten });
    const secretAlone = await apple.call('getClientConfig', { token });
    await apple.control('PATCH', '/settings', { unknowns: { tokenMatch: 'text' } });

    expect(byText.body.errorNumber).toBe(9622);
    expect(byContent.body.uId).toBe(uId);
    expect(secretAlone.body.errorNumber).toBe(9622);
  });
});

describe('what is refused', () => {
  test.each([
    ['no header', {}, 401, 9601],
    ['another scheme', { authorization: 'Basic abc' }, 401, 9722],
    ['a bearer of two words', { authorization: 'Bearer a b' }, 401, 9722],
    ['garbage', { authorization: 'Bearer garbage' }, 200, 9622],
  ])('%s', async (_name, headers, status, errorNumber) => {
    const answer = await apple.call('getAssets', { headers });

    expect([answer.status, answer.body.errorNumber]).toEqual([status, errorNumber]);
  });

  test('the inner token instead of the file', async () => {
    const { token } = await apple.location();
    const inner = JSON.parse(Buffer.from(token, 'base64').toString()).token;

    expect((await apple.call('getAssets', { token: inner })).body.errorNumber).toBe(9622);
  });

  test('an expired one, to the second', async () => {
    const { uId } = await apple.location();
    const now = Date.parse((await apple.control('GET', '/clock')).now);
    const token = await apple.token(uId, { expiresAt: now + 60_000 });
    expect((await apple.call('getAssets', { token })).status).toBe(200);

    await apple.control('POST', '/clock', { advanceMs: 60_000 });

    expect(await apple.call('getAssets', { token })).toMatchObject({ status: 401, body: { errorNumber: 9621 } });
  });

  test('one that is both expired and revoked counts as revoked', async () => {
    const { uId } = await apple.location();
    const token = await apple.token(uId, { expiresAt: '2026-01-01T00:00:00Z' });
    expect((await apple.call('getAssets', { token })).body.errorNumber).toBe(9621);

    await apple.token(uId, { revokeOlder: true });

    expect((await apple.call('getAssets', { token })).body.errorNumber).toBe(9625);
  });

  test('every token of an account whose password was reset, and no other', async () => {
    const { uId, token: other } = await apple.location();
    const mine = await apple.token(uId, { appleId: 'dora@lakeside-schools.example' });

    expect(await apple.control('POST', '/accounts/dora@lakeside-schools.example/reset-password')).toEqual({
      revoked: 1,
    });

    expect(await apple.call('getAssets', { token: mine })).toMatchObject({ status: 401, body: { errorNumber: 9625 } });
    expect((await apple.call('getAssets', { token: other })).status).toBe(200);
    expect((await apple.call('serviceConfig', { token: mine })).status).toBe(200);
  });

  test('older ones when the download asks for it', async () => {
    const { uId, token } = await apple.location();

    await apple.token(uId, { revokeOlder: true });

    expect((await apple.call('getAssets', { token })).body.errorNumber).toBe(9625);
  });

  test('writes of a read-only account, and everything of one without a role', async () => {
    const { uId, managedDomain } = await apple.location();
    const appleId = `reader@${managedDomain}`;
    const token = await apple.token(uId, { appleId });

    await apple.control('POST', `/accounts/${appleId}/role`, { role: 'read-only' });
    expect((await apple.call('getAssets', { token })).status).toBe(200);
    expect(await apple.call('setClientConfig', { token, body: {} })).toMatchObject({
      status: 403,
      body: { errorNumber: 9637 },
    });

    await apple.control('POST', `/accounts/${appleId}/role`, { role: 'none' });
    expect(await apple.call('getAssets', { token })).toMatchObject({ status: 403, body: { errorNumber: 9637 } });
  });

  test('9622 comes with 401 when the switch says so', async () => {
    await apple.control('PATCH', '/settings', { unknowns: { invalidTokenStatus: 401 } });

    expect((await apple.call('getAssets', { token: 'garbage' })).status).toBe(401);

    await apple.control('PATCH', '/settings', { unknowns: { invalidTokenStatus: 200 } });
  });
});

describe('version 1 client config', () => {
  test('tells the account and the organization, and a fixed note after any use of version 2', async () => {
    const { uId, managedDomain } = await apple.location({ orgName: 'Northwind', locationName: 'Chicago HQ' });
    const token = await apple.token(uId, { appleId: `ada@${managedDomain}` });
    const context = JSON.stringify({ hostname: 'mdm.example', guid: '00000000-0000-4000-8000-000000000000' });
    await apple.call('v1ClientConfig', { body: { sToken: token, clientContext: context } });

    const before = await apple.call('v1ClientConfig', { body: { sToken: token } });
    await apple.call('getClientConfig', { token });
    const after = await apple.call('v1ClientConfig', { body: { sToken: token } });

    expect(before.body).toMatchObject({
      status: 0,
      uId,
      appleId: `ada@${managedDomain}`,
      location: { locationName: 'Chicago HQ' },
      clientContext: context,
    });
    expect(after.body.clientContext).toMatch(/version 2/);
  });

  test('answers 200 with status −1 for a revoked token', async () => {
    const { uId, token } = await apple.location();
    await apple.token(uId, { revokeOlder: true });

    const { status, body } = await apple.call('v1ClientConfig', { body: { sToken: token } });

    expect([status, body.status, body.errorNumber]).toEqual([200, -1, 9625]);
  });
});
