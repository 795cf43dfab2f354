import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asset, assetKey, compareAssets } from '../src/domain/licenses/asset.ts';

const asset = (adamId: string, more: Partial<Asset> = {}): Asset => ({
  adamId,
  pricingParam: 'STDQ',
  productType: 'App',
  unlimited: false,
  total: 10,
  assigned: 4,
  available: 6,
  retired: 0,
  deviceAssignable: true,
  revocable: true,
  platforms: ['iOS'],
  ...more,
});

test('new assets come first, then gone ones, then changed counts; unchanged ones are left out', () => {
  const stored = [asset('1'), asset('2'), asset('3')];
  const fresh = [asset('1'), asset('3', { assigned: 5, available: 5 }), asset('4')];

  const told = compareAssets(stored, fresh).map(({ kind, adamId }) => [kind, adamId]);

  expect(told).toEqual([
    ['new', '4'],
    ['gone', '2'],
    ['changed', '3'],
  ]);
});

test('the same app with another pricing is another asset', () => {
  expect(compareAssets([asset('1')], [asset('1', { pricingParam: 'PLUS' })]).map(({ kind }) => kind)).toEqual([
    'new',
    'gone',
  ]);
});

test('a new platform or name changes no license', () => {
  expect(compareAssets([asset('1')], [asset('1', { platforms: ['iOS', 'macOS'] })])).toEqual([]);
});

const someAssets = fc.uniqueArray(
  fc
    .record({ id: fc.integer({ min: 1, max: 30 }), assigned: fc.nat(10) })
    .map(({ id, assigned }) => asset(String(id), { assigned, available: 10 - assigned })),
  { selector: assetKey },
);

test('the differences lead from the stored assets to the listed ones, and back', () => {
  fc.assert(
    fc.property(someAssets, someAssets, (stored, fresh) => {
      const result = new Map(stored.map((one) => [assetKey(one), one]));
      for (const { kind, fresh: now, adamId, pricingParam } of compareAssets(stored, fresh)) {
        if (kind === 'gone') result.delete(assetKey({ adamId, pricingParam }));
        else if (now !== null) result.set(assetKey(now), now);
      }

      expect([...result.values()].sort(byId)).toEqual([...fresh].sort(byId));
      expect(compareAssets(fresh, stored)).toHaveLength(compareAssets(stored, fresh).length);
      expect(compareAssets(fresh, fresh)).toEqual([]);
    }),
  );
});

function byId(a: Asset, b: Asset): number {
  return Number(a.adamId) - Number(b.adamId);
}
