import { expect, test } from 'vitest';
import { type Asset, assetKey } from '../src/domain/licenses/asset.ts';
import { suspectAssets } from '../src/domain/scans/suspect-assets.ts';

const asset = (adamId: string, assigned: number): Asset => ({
  adamId,
  pricingParam: 'STDQ',
  productType: 'App',
  unlimited: false,
  total: 90_000,
  assigned,
  available: 90_000 - assigned,
  retired: 0,
  deviceAssignable: true,
  revocable: true,
  platforms: ['iOS'],
});
const namesOf = (found: { adamId: string }[] | null) => found?.map(({ adamId }) => adamId) ?? null;
const large = asset('9', 50_000);

test('an asset with fewer licenses than stored and added together is suspect', () => {
  const added = new Map([[assetKey(asset('2', 0)), 5]]);

  expect(
    namesOf(suspectAssets([asset('1', 10), asset('2', 10), large], [asset('1', 9), asset('2', 15), large], added)),
  ).toEqual(['1']);
  expect(
    namesOf(suspectAssets([asset('1', 10), large], [asset('1', 10), large], new Map([[assetKey(asset('1', 0)), 1]]))),
  ).toEqual(['1']);
});

test('an asset with holders that Apple no longer lists is suspect; a new one without holders is not', () => {
  expect(namesOf(suspectAssets([asset('1', 10), asset('2', 0), large], [large, asset('3', 0)], new Map()))).toEqual([
    '1',
  ]);
});

test('everything is read if checking each suspect takes nearly as many requests', () => {
  expect(suspectAssets([asset('1', 10)], [asset('1', 9)], new Map())).toBeNull();
  expect(suspectAssets([large, asset('1', 10)], [asset('9', 49_000), asset('1', 10)], new Map())).toBeNull();
});

test('no asset is suspect if all counts add up', () => {
  expect(suspectAssets([large], [large], new Map())).toEqual([]);
});
