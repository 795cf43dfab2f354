import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faultTable } from '../src/faults/fault-table.ts';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
let token: string;
let uId: string;
beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 10 });
  ({ token, uId } = await apple.location());
  await apple.control('POST', `/locations/${uId}/bulk`, { assets: 5, devices: 50, assignmentsPerDevice: 1, spare: 50 });
});
afterEach(() => apple.control('DELETE', '/faults'));
afterAll(() => apple.close());

const fault = (name: string, more: Json = {}) => apple.control('POST', '/faults', { name, times: 1, ...more });
const raw = (path = '/mdm/v2/assets') =>
  fetch(`${apple.url}${path}`, { headers: { authorization: `Bearer ${token}` } });

describe('refusals', () => {
  test.each<[string, Json, number, number]>([
    ['busy', {}, 429, 9646],
    ['server-error', {}, 500, 9603],
    ['terms', { errorNumber: 9601, status: 401 }, 401, 9601],
    ['account-disabled', {}, 401, 9625],
    ['unknown-error-number', { errorNumber: 9999, status: 418 }, 418, 9999],
    ['maintenance', {}, 503, 9729],
  ])('%s once, then all is well', async (name, options, status, errorNumber) => {
    await fault(name, options);

    const struck = await apple.call('getAssets', { token });
    const after = await apple.call('getAssets', { token });

    expect([struck.status, struck.body.errorNumber]).toEqual([status, errorNumber]);
    expect(after.status).toBe(200);
  });

  test('maintenance spells Retry-After in seconds or as a date', async () => {
    await fault('maintenance', { retryAfterSeconds: 30 });
    expect((await raw()).headers.get('retry-after')).toBe('30');

    await fault('maintenance', { form: 'date', retryAfterSeconds: 30 });
    const date = Date.parse((await raw()).headers.get('retry-after') ?? '');

    expect(date - Date.now()).toBeGreaterThan(25_000);
    expect(date - Date.now()).toBeLessThan(31_000);
  });

  test('a stale version is refused only where a version was sent', async () => {
    const { versionId } = (await apple.call('getAssignments', { token })).body;
    await fault('stale-version');

    expect((await apple.call('getAssignments', { token })).status).toBe(200);
    expect((await apple.call('getAssignments', { token, query: { sinceVersionId: versionId } })).body.errorNumber).toBe(
      9721,
    );
  });

  test('terms may block writes alone', async () => {
    await fault('terms', { scope: 'writes' });

    expect((await apple.call('getAssets', { token })).status).toBe(200);
    expect((await apple.call('setClientConfig', { token, body: {} })).body.errorNumber).toBe(9642);
  });

  test('9622 with another status', async () => {
    await fault('wrong-status-9622', { status: 500 });

    expect(await apple.call('getAssets', { token: 'x' })).toMatchObject({ status: 500, body: { errorNumber: 9622 } });
  });
});

describe('broken answers', () => {
  test('HTML, half a JSON, nothing', async () => {
    await fault('html-error');
    const html = await raw();
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);

    await fault('truncated-json');
    const half = await (await raw()).text();
    expect(half.startsWith('{"assets"')).toBe(true);
    expect(() => JSON.parse(half)).toThrow();

    await fault('empty-body');
    expect(await (await raw()).text()).toBe('');
  });

  test('a connection that breaks before or after the work is done', async () => {
    const associate = () =>
      apple.call('associateAssets', { token, body: { assets: [{ adamId: '361309726' }], serialNumbers: ['LOST'] } });
    const held = async () => {
      await apple.control('POST', '/clock', { advanceMs: 10_000 });
      return (await apple.call('getAssignments', { token, query: { serialNumber: 'LOST' } })).body.assignments.length;
    };

    await fault('reset-before-accept', { path: 'POST /mdm/v2/assets/associate' });
    await expect(associate()).rejects.toThrow();
    expect(await held()).toBe(0);

    await fault('reset-after-accept', { path: 'POST /mdm/v2/assets/associate' });
    await expect(associate()).rejects.toThrow();
    expect(await held()).toBe(1);
  });

  test('a transfer that stops in the middle', async () => {
    await fault('truncated-transfer');

    await expect(raw().then((response) => response.text())).rejects.toThrow();
  });

  test('no answer at all', async () => {
    await fault('hang');

    await expect(fetch(`${apple.url}/mdm/v2/assets`, { signal: AbortSignal.timeout(200) })).rejects.toThrow(
      /timeout|aborted/i,
    );
  });

  test('a late one', async () => {
    await fault('slow', { delayMs: 150 });
    const startedAt = performance.now();

    await apple.call('getAssets', { token });

    expect(performance.now() - startedAt).toBeGreaterThan(140);
  });
});

describe('listings that move', () => {
  test('torn pages: the version of the next page differs', async () => {
    await fault('torn-pages');
    const first = (await apple.call('getAssignments', { token })).body.versionId;

    const second = (await apple.call('getAssignments', { token, query: { pageIndex: 1 } })).body.versionId;

    expect(second).not.toBe(first);
    expect((await apple.control('GET', `/state/${uId}`)).assignments).toBeGreaterThanOrEqual(50);
  });

  test('shrinking pages: there are fewer than the first page said', async () => {
    await apple.control('POST', '/faults', { name: 'shrinking-pages' });
    const { totalPages } = (await apple.call('getAssignments', { token })).body;

    const second = (await apple.call('getAssignments', { token, query: { pageIndex: 1 } })).body;

    expect(second.totalPages).toBe(totalPages - 1);
    expect((await apple.call('getAssignments', { token, query: { pageIndex: totalPages - 1 } })).body.errorNumber).toBe(
      9650,
    );
  });

  test('empty assets', async () => {
    await fault('empty-assets');

    expect((await apple.call('getAssets', { token })).body).toMatchObject({ assets: [], size: 0 });
  });

  test('empty users', async () => {
    const eventId = (await apple.call('createUsers', { token, body: { users: [{ clientUserId: 'anna' }] } })).body
      .eventId;
    await apple.control('POST', '/clock', { advanceMs: 60_000 });
    expect(eventId).toBeTypeOf('string');
    expect((await apple.call('getUsers', { token })).body).toMatchObject({ size: 1 });
    await fault('empty-users');

    expect((await apple.call('getUsers', { token })).body).toMatchObject({ users: [], size: 0 });
  });
});

test('a stolen claim shows in the very answer', async () => {
  await fault('claim-stolen', { uId, mdmName: 'Thief' });

  expect((await apple.call('getAssets', { token })).body.mdmInfo.name).toBe('Thief');
});

test('a fault for one location, one path and some times strikes nobody else', async () => {
  const other = await apple.location();
  await apple.control('POST', '/faults', { name: 'busy', uId, path: '/mdm/v2/assets', times: 2 });

  expect((await apple.call('getAssets', { token: other.token })).status).toBe(200);
  expect((await apple.call('getAssignments', { token })).status).toBe(200);
  expect((await apple.call('getAssets', { token })).status).toBe(429);
  expect((await apple.call('getAssets', { token })).status).toBe(429);
  expect((await apple.call('getAssets', { token })).status).toBe(200);
});

test('without a path a fault strikes everything under /mdm/, and not the metadata lookup', async () => {
  await apple.control('POST', '/faults', { name: 'maintenance' });
  const lookup = '/WebObjects/MZStorePlatform.woa/wa/lookup?id=361309726';

  expect((await raw(lookup)).status).toBe(200);
  expect((await raw('/mdm/v2/service/config')).status).toBe(503);
  await apple.control('POST', '/faults', { name: 'maintenance', path: '/WebObjects/*' });
  expect((await raw(lookup)).status).toBe(503);
});

test('what is there is listed, what is not is refused with a sentence', async () => {
  const { faults } = await apple.control('GET', '/faults');
  expect(faults.map((one: Json) => one.name)).toEqual(Object.keys(faultTable));

  const refusals = await Promise.all([
    apple.tryControl('POST', '/faults', { name: 'nonsense' }),
    apple.tryControl('POST', '/faults', { name: 'busy', color: 'red' }),
    apple.tryControl('POST', '/faults', { name: 'maintenance', form: 'never' }),
    apple.tryControl('POST', '/faults', { name: 'busy', uId: '1' }),
    apple.tryControl('DELETE', '/faults/fault-0'),
  ]);
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 404, 404]);
  for (const { body } of refusals) expect(body.error).toMatch(/\w+ \w+/);
});
