import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
  const { uId } = await apple.location();
  await apple.buy(uId, '123456789', 1, { name: 'Hall Plan', custom: true });
});
afterAll(() => apple.close());

test('the public lookup names what is asked for by id or bundle id, in one order, and leaves out what is unknown', async () => {
  const byId = (await apple.call('publicLookup', { query: { id: '900000901,4,900000001', country: 'de' } })).body;
  const { bundleId } = byId.results[1];
  const byBundle = (await apple.call('publicLookup', { query: { bundleId } })).body;

  expect(byId.resultCount).toBe(2);
  expect(byId.results.map(({ trackId, kind }: Json) => [trackId, kind])).toEqual([
    [900000901, 'ebook'],
    [900000001, 'software'],
  ]);
  expect(byId.results[1].trackViewUrl).toContain('/de/');
  expect(byBundle.results).toMatchObject([{ trackId: 900000001, bundleId }]);
});

test('its icons are drawn here', async () => {
  const { results } = (await apple.call('publicLookup', { query: { id: '900000001' } })).body;

  const icon = await fetch(results[0].artworkUrl100);

  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png']);
});

test('custom apps never show', async () => {
  expect((await apple.call('publicLookup', { query: { id: '123456789' } })).body).toEqual({
    resultCount: 0,
    results: [],
  });
});
