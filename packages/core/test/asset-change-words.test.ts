import { expect, test } from 'vitest';
import { type Asset, compareAssets } from '../src/domain/licenses/asset.ts';
import { assetChanges, namedChanges } from '../src/domain/licenses/asset-change-words.ts';

const asset = (adamId: string, change: Partial<Asset> = {}): Asset => ({
  adamId,
  pricingParam: 'STDQ',
  productType: 'App',
  unlimited: false,
  total: 20,
  assigned: 5,
  available: 15,
  retired: 0,
  deviceAssignable: true,
  revocable: true,
  platforms: ['iOS'],
  ...change,
});
const names = new Map([['1', 'Keynote']]);
const said = (before: Asset[], after: Asset[]) =>
  assetChanges(compareAssets(before, after), names).map(({ text }) => text);

test.for([
  ['licenses another server gave', { assigned: 8 }, '3 licenses of Keynote assigned elsewhere'],
  ['licenses given back', { assigned: 4 }, '1 license of Keynote given back'],
  ['a purchase', { total: 1020 }, '1,000 licenses of Keynote bought'],
  ['a refund', { total: 18 }, '2 licenses of Keynote refunded or transferred away'],
  ['both at once', { assigned: 6, total: 30 }, '1 license of Keynote assigned elsewhere, 10 bought'],
  ['what only Apple understands', { retired: 1 }, 'the counts of Keynote changed'],
] as const)('%s is said in words', ([, change, words]) => {
  expect(said([asset('1')], [asset('1', change)])).toEqual([words]);
});

test('new and vanished assets are identified by number if their name is unknown', () => {
  expect(said([asset('1')], [asset('2', { total: 3 })])).toEqual([
    'Keynote is no longer listed',
    'asset 2 is new, 3 licenses',
  ]);
});

test('a scan with many changes names the largest ones and counts the rest', () => {
  const before = Array.from({ length: 500 }, (_, at) => asset(String(at)));
  const after = before.map((one, at) => asset(one.adamId, { assigned: 5 + (at === 1 ? 15 : 1) }));

  const changes = assetChanges(compareAssets(before, after), names);

  expect(changes).toHaveLength(100);
  expect(namedChanges(changes, 500)).toBe(
    '15 licenses of Keynote assigned elsewhere; 1 license of asset 0 assigned elsewhere; 1 license of asset 2 assigned elsewhere; and 497 other assets.',
  );
  expect(namedChanges([], 0)).toBe('');
});
