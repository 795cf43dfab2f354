import { type Asset, routes } from '@winesap/api';
import { addOrganization, type HeldLocation, holdLocation, refused, until } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

const KEYNOTE = '361285480';
const PAGES = '361309726';
const SWIFT = '908519492';

forEachStack((stack) => {
  const api = () => stack().owner.api;
  const list = (uId: string, query: Record<string, unknown> = {}) =>
    api().call(routes.listLocationAssets, { params: { uId }, query });
  const numbers = (assets: readonly Asset[]) => assets.map(({ adamId }) => adamId);

  let library: Promise<HeldLocation> | undefined;
  /** Keynote runs out, Pages does not, Swift Playgrounds is free, and a book is only for iOS. */
  const shared = () => {
    library ??= holdLocation(stack(), {
      purchases: [
        { adamId: KEYNOTE, quantity: 1, supportedPlatforms: ['iOS', 'macOS'] },
        { adamId: PAGES, quantity: 60, supportedPlatforms: ['iOS', 'macOS'] },
        { adamId: SWIFT, unlimited: true, supportedPlatforms: ['macOS'] },
        { adamId: '900000901', quantity: 4, productType: 'Book', supportedPlatforms: ['iOS'] },
      ],
    });
    return library;
  };

  test('assets of a location can be filtered by platform, kind, low, and unlimited', async () => {
    const { location } = await shared();
    const { uId } = location;

    expect(numbers((await list(uId, { platform: 'macos', sort: 'adamId' })).assets)).toEqual([KEYNOTE, PAGES, SWIFT]);
    expect(numbers((await list(uId, { productType: 'Book' })).assets)).toEqual(['900000901']);
    expect(numbers((await list(uId, { unlimited: 'true' })).assets)).toEqual([SWIFT]);
    expect(numbers((await list(uId, { q: KEYNOTE })).assets)).toEqual([KEYNOTE]);
    const all = await list(uId);
    expect(all.totals).toMatchObject({ assets: 4, assigned: 0, available: 65, low: 0, gone: 0 });
    expect(all.assets.every(({ readAt }) => readAt <= new Date().toISOString())).toBe(true);
  });

  test('pages in any order contain every asset once, even if names are missing', async () => {
    const { location } = await shared();
    // Names arrive after the first scan, and would reorder the list between pages.
    await until(
      'the names of those the store knows',
      () => list(location.uId),
      ({ assets }) => assets.filter(({ name }) => name !== null).length >= 3,
    );
    const orders = (['name', 'total', 'assigned', 'available', 'retired', 'adamId', 'readAt'] as const).flatMap(
      (sort) => (['asc', 'desc'] as const).map((order) => ({ sort, order })),
    );

    for (const order of orders) {
      const whole = numbers((await list(location.uId, order)).assets);
      const paged: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await list(location.uId, { ...order, limit: 1, ...(cursor ? { cursor } : {}) });
        paged.push(...numbers(page.assets));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect([order, ...paged]).toEqual([order, ...whole]);
      expect(new Set(paged).size).toBe(4);
    }
    const broken = list(location.uId, { cursor: 'not-a-place' });
    expect(await refused(broken)).toMatchObject({ code: 'cursor.invalid' });
  });

  test("a device's licenses and an asset's history can be exported as files", async () => {
    const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 2, assignmentsPerDevice: 2 } });
    const { uId, locationName } = held.location;
    const { assets } = await list(uId, { sort: 'assigned', order: 'desc' });
    const { adamId = '', pricingParam = '', total, assigned, available } = assets[0] ?? {};
    const params = { uId, adamId, pricingParam };
    const { holders } = await api().call(routes.listHolders, { params });
    const holder = holders[0]?.holder ?? '';
    const { holdings } = await api().call(routes.listHoldings, { query: { holder } });
    const linesOf = async (answer: Response) => (await answer.text()).replace('\u{feff}', '').trim().split('\n');

    const devices = await linesOf(await api().open(routes.exportHoldings, { query: { holder } }));
    const days = await linesOf(await api().open(routes.exportAssetHistory, { params }));

    expect(devices[0]).toContain('organization,location,uId,adamId');
    // Both are ordered by name, and names may arrive from the store between the two.
    expect(
      devices
        .slice(1)
        .map((line) => line.split(',').slice(1, 5).join())
        .sort(),
    ).toEqual(holdings.map((one) => [locationName, uId, one.adamId, one.pricingParam].join()).sort());
    expect(days).toEqual([
      'day,readAt,total,assigned,available,retired,gone',
      expect.stringMatching(new RegExp(`^\\d{4}-\\d\\d-\\d\\d,[^,]+,${total},${assigned},${available},0,`)),
    ]);
  });

  test('the nearest threshold decides what is low, and the overview counts it', async () => {
    const { organizationId, policyId, name } = await addOrganization(api());
    const held = await holdLocation(stack(), {
      organization: name,
      organizationId,
      policyId,
      purchases: [
        { adamId: KEYNOTE, quantity: 30 },
        { adamId: SWIFT, unlimited: true },
      ],
    });
    const { uId } = held.location;
    const asset = { uId, adamId: KEYNOTE, pricingParam: 'STDQ' };
    const say = (scope: object, threshold: object | null) =>
      api().call(routes.setThreshold, { body: { scope, threshold } as never });
    const low = async () => (await api().call(routes.getAsset, { params: asset })).asset.low;

    expect(await low()).toMatchObject({ isLow: false, since: null, from: 'installation' });
    await say({ kind: 'organization', organizationId }, { unit: 'licenses', amount: 30 });
    expect(await low()).toMatchObject({ isLow: true, from: 'organization' });
    await say({ kind: 'policy', policyId }, { unit: 'never' });
    expect(await low()).toMatchObject({ isLow: false, from: 'policy', threshold: { unit: 'never' } });
    await say({ kind: 'asset', ...asset }, { unit: 'percent', amount: 100 });
    const marked = await low();
    expect(marked).toMatchObject({ isLow: true, from: 'asset', threshold: { unit: 'percent', amount: 100 } });
    const { assets } = await api().call(routes.findAssets, { query: { low: 'true', organizationId } });
    expect(assets).toMatchObject([{ adamId: KEYNOTE, location: { uId, organizationId, policyId } }]);
    const { tokens, licensesLow } = await api().call(routes.listTokens, { query: { organizationId } });
    expect({ licensesLow, lowAssets: tokens[0]?.lowAssets }).toEqual({ licensesLow: 1, lowAssets: 1 });

    const file = await (await api().open(routes.exportFoundAssets, { query: { low: 'true', organizationId } })).text();
    const [head = '', ...rows] = file.trim().split('\n');
    expect(head).toContain('organization,location,uId,adamId');
    expect(rows).toEqual([expect.stringContaining(`${held.location.locationName},${uId},${KEYNOTE},STDQ`)]);

    await say({ kind: 'asset', ...asset }, null);
    expect(await low()).toMatchObject({ isLow: false, since: null, from: 'policy' });
    const viewer = await stack().join('viewer');
    const asked = viewer.api.call(routes.setThreshold, { body: { scope: { kind: 'installation' }, threshold: null } });
    expect(await refused(asked)).toMatchObject({ code: 'request.not-permitted' });
  });
});
