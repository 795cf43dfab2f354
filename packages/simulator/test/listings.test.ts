import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 10 });
});
afterAll(() => apple.close());

async function allPages(
  id: 'getAssets' | 'getAssignments' | 'getUsers',
  token: string,
  rows: string,
  query: Record<string, Json> = {},
) {
  const found: Json[] = [];
  for (let pageIndex: number | undefined = 0; pageIndex !== undefined; ) {
    const { body } = await apple.call(id, { token, query: { ...query, pageIndex } });
    found.push(...body[rows]);
    pageIndex = body.nextPageIndex;
  }
  return found;
}

describe('assets', () => {
  test('carry counts that add up', async () => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/bulk`, { assets: 25, devices: 40, assignmentsPerDevice: 5 });

    const assets = await allPages('getAssets', token, 'assets');

    expect(assets).toHaveLength(25);
    expect(assets.reduce((sum, asset) => sum + asset.assignedCount, 0)).toBe(200);
    for (const asset of assets)
      expect(asset.assignedCount + asset.availableCount + asset.retiredCount).toBe(asset.totalCount);
  });

  test('unlimited ones: among the others, apart, or left out', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 3);
    await apple.control('POST', `/locations/${uId}/purchases`, { adamId: '900000002', unlimited: true });

    const among = (await apple.call('getAssets', { token })).body;
    const apart = (await apple.call('getAssets', { token, query: { unlimited: true } })).body;
    const without = (await apple.call('getAssets', { token, query: { unlimited: false } })).body;

    expect(among.assets.map((asset: Json) => asset.totalCount)).toEqual([3, 2147483647]);
    expect(apart.assets).toHaveLength(1);
    expect(apart.unlimitedAssets).toMatchObject([{ adamId: '900000002', assignedCount: 0 }]);
    expect(apart.unlimitedAssets[0]).not.toHaveProperty('totalCount');
    expect(without.assets).toHaveLength(1);
  });

  test.each([
    [{ adamId: '900000901' }, 1],
    [{ productType: 'Book' }, 1],
    [{ deviceAssignable: false }, 1],
    [{ revocable: true }, 2],
    [{ minAvailableCount: 5 }, 2],
    [{ minAvailableCount: 5, maxAvailableCount: 7 }, 1],
    [{ maxAssignedCount: 0 }, 3],
    [{ pricingParam: 'PLUS' }, 0],
  ])('filter by %j', async (query, count) => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 3);
    await apple.buy(uId, '900000002', 7);
    await apple.buy(uId, '900000901', 9);

    expect((await apple.call('getAssets', { token, query: query as Record<string, string> })).body.assets).toHaveLength(
      count,
    );
  });

  test('a filter nobody knows the value of is refused', async () => {
    const { token } = await apple.location();

    expect(await apple.call('getAssets', { token, query: { productType: 'Song' } })).toMatchObject({
      status: 400,
      body: { errorNumber: 9602 },
    });
    expect((await apple.call('getAssets', { token, query: { pageIndex: 'x' } })).body.errorNumber).toBe(9602);
  });
});

describe('pages', () => {
  test('say where they are, and the last one names no next', async () => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 25, assignmentsPerDevice: 1 });

    const pages = await Promise.all(
      [0, 1, 2].map((pageIndex) => apple.call('getAssignments', { token, query: { pageIndex } })),
    );

    expect(pages.map(({ body }) => [body.currentPageIndex, body.nextPageIndex, body.size, body.totalPages])).toEqual([
      [0, 1, 10, 3],
      [1, 2, 10, 3],
      [2, undefined, 5, 3],
    ]);
    expect(new Set(pages.map(({ body }) => body.versionId)).size).toBe(1);
  });

  test.each([-1, 3, 2147483647])('index %i is out of range', async (pageIndex) => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 25, assignmentsPerDevice: 1 });

    expect(await apple.call('getAssignments', { token, query: { pageIndex } })).toMatchObject({
      status: 400,
      body: { errorNumber: 9650 },
    });
  });

  test('an empty listing has one page, or none when the switch says so', async () => {
    const { token } = await apple.location();
    expect((await apple.call('getAssignments', { token })).body).toMatchObject({
      assignments: [],
      size: 0,
      totalPages: 1,
    });

    await apple.control('PATCH', '/settings', { unknowns: { emptyTotalPages: 0 } });

    expect((await apple.call('getAssignments', { token })).body.totalPages).toBe(0);
    await apple.control('PATCH', '/settings', { unknowns: { emptyTotalPages: 1 } });
  });
});

describe('assignments', () => {
  test('of one device and of one asset are found among many', async () => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/bulk`, { assets: 7, devices: 30, assignmentsPerDevice: 3 });
    const everything = await allPages('getAssignments', token, 'assignments');
    const { serialNumber, adamId } = everything[44];

    const ofDevice = await allPages('getAssignments', token, 'assignments', { serialNumber });
    const ofAsset = await allPages('getAssignments', token, 'assignments', { adamId });

    const sorted = (rows: Json[]) => rows.map((row) => `${row.adamId} ${row.serialNumber}`).sort();
    expect(sorted(ofDevice)).toEqual(sorted(everything.filter((row) => row.serialNumber === serialNumber)));
    expect(sorted(ofAsset)).toEqual(sorted(everything.filter((row) => row.adamId === adamId)));
    expect(new Set(everything.map((row) => row.serialNumber)).size).toBe(30);
  });

  test('changed since a version are told, and nothing else', async () => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/bulk`, {
      assets: 2,
      devices: 30,
      assignmentsPerDevice: 1,
      spare: 50,
    });
    const { versionId } = (await apple.call('getAssignments', { token })).body;
    expect((await apple.call('getAssignments', { token, query: { sinceVersionId: versionId } })).body).toMatchObject({
      assignments: [],
      versionId,
    });

    await apple.control('POST', `/locations/${uId}/churn`, { assign: 3 });

    const delta = (await apple.call('getAssignments', { token, query: { sinceVersionId: versionId } })).body;
    expect(delta.assignments).toHaveLength(3);
    expect(delta.versionId).not.toBe(versionId);
  });

  test('the documented recovery is complete: the first version and its delta give every row there is', async () => {
    const { uId, token } = await apple.location();
    await apple.control('POST', `/locations/${uId}/bulk`, {
      assets: 3,
      devices: 40,
      assignmentsPerDevice: 2,
      spare: 50,
    });
    const seen = new Map<string, Json>();
    const keep = (rows: Json[]) => {
      for (const row of rows) seen.set(`${row.adamId} ${row.serialNumber}`, row);
    };
    const first = (await apple.call('getAssignments', { token })).body;
    keep(first.assignments);
    for (let pageIndex = 1; ; pageIndex++) {
      await apple.control('POST', `/locations/${uId}/churn`, { assign: 2, unassign: 3 });
      const { body } = await apple.call('getAssignments', { token, query: { pageIndex } });
      keep(body.assignments);
      if (body.nextPageIndex === undefined) break;
    }
    keep(await allPages('getAssignments', token, 'assignments', { sinceVersionId: first.versionId }));

    const truth = await allPages('getAssignments', token, 'assignments');

    expect(truth.filter((row) => !seen.has(`${row.adamId} ${row.serialNumber}`))).toEqual([]);
  });

  test('removals are invisible in a delta, unless the switch shows them as rows', async () => {
    const { uId, token } = await apple.location();
    await apple.control('PATCH', '/settings', { unknowns: { movedRows: 'silent' } });
    await apple.control('POST', `/locations/${uId}/bulk`, { assets: 1, devices: 5, assignmentsPerDevice: 1 });
    const { versionId: sinceVersionId } = (await apple.call('getAssignments', { token })).body;

    await apple.control('POST', `/locations/${uId}/churn`, { unassign: 2 });

    expect((await apple.call('getAssignments', { token, query: { sinceVersionId } })).body.assignments).toHaveLength(0);
    await apple.control('PATCH', '/settings', { unknowns: { removalsInDelta: 'as-rows' } });
    expect((await apple.call('getAssignments', { token, query: { sinceVersionId } })).body.assignments).toHaveLength(2);
    await apple.control('PATCH', '/settings', { unknowns: { removalsInDelta: 'invisible', movedRows: 'in-delta' } });
  });

  test('a version of another listing, location or of nobody is refused', async () => {
    const { token } = await apple.location();
    const other = await apple.location();
    const { versionId: ofAssets } = (await apple.call('getAssets', { token })).body;
    const { versionId: ofOther } = (await apple.call('getAssignments', { token: other.token })).body;

    for (const sinceVersionId of [ofAssets, ofOther, 'nonsense', '00000000-0000-0000-0000-000000000000']) {
      expect(await apple.call('getAssignments', { token, query: { sinceVersionId } })).toMatchObject({
        status: 400,
        body: { errorNumber: 9721 },
      });
    }
  });
});

test('service config points at the simulator itself, and shows limits that were changed', async () => {
  await apple.control('PATCH', '/settings', { limits: { maxAssets: 7, aNewOne: 3 } });

  const { body } = await apple.call('serviceConfig');

  expect(body.limits).toMatchObject({ maxAssets: 7, aNewOne: 3, maxRequestPerSecond: 15 });
  for (const url of Object.values(body.urls)) expect(url).toMatch(new RegExp(`^${apple.url}/`));
  expect(body.urls.contentMetadataLookup).toBe(`${apple.url}/WebObjects/MZStorePlatform.woa/wa/lookup`);
});

test('names and icons come for what is listed or bought, and nothing for the rest', async () => {
  const { uId } = await apple.location();
  await apple.buy(uId, '123456789', 1, { name: 'House App' });

  const query = { version: 2, p: 'mdm-lockup', caller: 'MDM', platform: 'enterprisestore', cc: 'us' };
  const listed = (await apple.call('contentMetadataLookup', { query: { ...query, id: '361309726' } })).body;
  const bought = (await apple.call('contentMetadataLookup', { query: { ...query, id: '123456789' } })).body;
  const nobody = (await apple.call('contentMetadataLookup', { query: { ...query, id: '987654321' } })).body;

  expect(listed.results['361309726']).toMatchObject({ name: 'Quillwork Writer', kind: 'iosSoftware' });
  expect(bought.results['123456789'].name).toBe('House App');
  expect(nobody.results).toEqual({});
  const icon = await fetch(
    listed.results['361309726'].artwork.url.replace('{w}', '64').replace('{h}', '64').replace('{f}', 'png'),
  );
  expect(icon.headers.get('content-type')).toBe('image/png');
  expect([...new Uint8Array(await icon.arrayBuffer()).subarray(1, 4)]).toEqual([...'PNG'].map((c) => c.charCodeAt(0)));
});
