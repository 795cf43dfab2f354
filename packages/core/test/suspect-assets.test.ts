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

test('an asset whose count is less than stored and added together is the one to look at', () => {
  const added = new Map([[assetKey(asset('2', 0)), 5]]);

  expect(
    namesOf(suspectAssets([asset('1', 10), asset('2', 10), large], [asset('1', 9), asset('2', 15), large], added)),
  ).toEqual(['1']);
  expect(
    namesOf(suspectAssets([asset('1', 10), large], [asset('1', 10), large], new Map([[assetKey(asset('1', 0)), 1]]))),
  ).toEqual(['1']);
});

test('an asset that Apple no longer lists, and had holders, is looked at; one that is new and held by nobody is not', () => {
  expect(namesOf(suspectAssets([asset('1', 10), asset('2', 0), large], [large, asset('3', 0)], new Map()))).toEqual([
    '1',
  ]);
});

test('where looking at each takes nearly as many requests as reading everything, everything is read', () => {
  expect(suspectAssets([asset('1', 10)], [asset('1', 9)], new Map())).toBeNull();
  expect(suspectAssets([large, asset('1', 10)], [asset('9', 49_000), asset('1', 10)], new Map())).toBeNull();
});

test('where nothing is odd, nothing is to be found there', () => {
  expect(suspectAssets([large], [large], new Map())).toEqual([]);
});
