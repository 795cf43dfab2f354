import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { later, MINUTE_MS } from '../src/domain/instant.ts';
import type { Discrepancy, KnownAsset, SaidAsset } from '../src/domain/licenses/asset.ts';
import { type AssetFacts, weighAsset } from '../src/domain/licenses/weigh-asset.ts';
import { AGREES, type Evidence } from '../src/domain/list-evidence.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const SILENT: Evidence = { kind: 'silent' };
const TORN: Evidence = { kind: 'contradicts', about: 'pages', said: 3, seen: 2 };

const said = (counts: Partial<SaidAsset> = {}): SaidAsset => ({
  adamId: '900000001',
  pricingParam: 'STDQ',
  productType: 'App',
  unlimited: false,
  total: 20,
  assigned: 10,
  available: 10,
  retired: 0,
  deviceAssignable: true,
  revocable: true,
  platforms: ['iOS'],
  ...counts,
});
const known = (counts: Partial<KnownAsset> = {}): KnownAsset => ({
  ...(said() as KnownAsset),
  surplus: 0,
  discrepancy: null,
  ...counts,
});
const weigh = (facts: Partial<AssetFacts>) =>
  weighAsset({
    known: known(),
    said: said(),
    listed: 10,
    assets: AGREES,
    assignments: AGREES,
    now: NOW,
    confirmAfterMs: 2 * MINUTE_MS,
    ...facts,
  });
/** The same answer again, some minutes later. */
const again = (facts: Partial<AssetFacts>, minutes: number) => {
  const first = weigh(facts);
  const before = { ...(facts.known ?? known()), discrepancy: first.discrepancy } as KnownAsset;
  return weigh({ ...facts, known: before, now: later(NOW, minutes * MINUTE_MS) });
};

describe('holders and counts that agree are believed immediately', () => {
  test('nothing changed', () => {
    expect(weigh({})).toMatchObject({ holders: 'as-listed', discrepancy: null, surplus: 0 });
  });

  test('licenses released', () => {
    const { asset, holders, discrepancy } = weigh({ said: said({ assigned: 7, available: 13 }), listed: 7 });

    expect(asset).toMatchObject({ assigned: 7, available: 13 });
    expect({ holders, discrepancy }).toEqual({ holders: 'as-listed', discrepancy: null });
  });

  test('licenses refunded, if some are left', () => {
    expect(weigh({ said: said({ total: 11, available: 1 }) })).toMatchObject({
      asset: { total: 11, available: 1 },
      discrepancy: null,
    });
  });

  test('a surplus of holders that is as large as before', () => {
    const facts = { known: known({ surplus: -2 }), said: said({ assigned: 9, available: 11 }), listed: 7 };

    expect(weigh(facts)).toMatchObject({ holders: 'as-listed', surplus: -2, discrepancy: null });
  });

  test('page numbers of the assignments don’t matter if holders and count agree', () => {
    expect(weigh({ assignments: TORN, said: said({ assigned: 7, available: 13 }), listed: 7 })).toMatchObject({
      holders: 'as-listed',
      discrepancy: null,
    });
  });
});

describe('holders fewer than the count', () => {
  const torn = { listed: 8 };

  test('keep their licenses, and the discrepancy names both numbers', () => {
    const { asset, holders, discrepancy } = weigh(torn);

    expect(holders).toBe('add-only');
    expect(asset).toMatchObject({ assigned: 10, total: 20 });
    expect(discrepancy).toMatchObject({ about: 'holders', listed: 8, counted: 10, since: NOW });
  });

  test('keep them however often Apple repeats it within a day', () => {
    expect(again(torn, 23 * 60)).toMatchObject({ holders: 'add-only', discrepancy: { since: NOW } });
  });

  test('are believed once Apple has said exactly the same for a day, and the surplus is kept', () => {
    expect(again(torn, 24 * 60)).toMatchObject({ holders: 'as-listed', surplus: -2, discrepancy: null });
  });

  test('start over when the numbers change', () => {
    const first = weigh(torn);
    const before = known({ discrepancy: first.discrepancy });
    const second = weigh({ known: before, listed: 7, now: later(NOW, 23 * 60 * MINUTE_MS) });

    expect(second.discrepancy).toMatchObject({ since: NOW, sameSince: later(NOW, 23 * 60 * MINUTE_MS) });
  });
});

describe('additions are shown although two lists disagree', () => {
  test('a purchase while the count of assigned licenses lags behind', () => {
    const { asset, holders, discrepancy } = weigh({ said: said({ total: 30, available: 20 }), listed: 12 });

    expect(asset).toMatchObject({ total: 30, available: 20, assigned: 10 });
    expect(holders).toBe('add-only');
    expect(discrepancy).toMatchObject({ about: 'holders', listed: 12, counted: 10 });
  });

  test('assignments that are counted before they are listed', () => {
    expect(weigh({ said: said({ assigned: 12, available: 8 }) }).asset).toMatchObject({ assigned: 12, available: 8 });
  });
});

describe('counts that can’t be right', () => {
  test.each<{ what: string; counts: Partial<SaidAsset>; listed?: number }>([
    { what: 'all zero', counts: { total: 0, assigned: 0, available: 0 } },
    { what: 'all zero of an asset nobody holds', counts: { total: 0, assigned: 0, available: 0 }, listed: 0 },
    { what: 'fewer available without a reason', counts: { available: 2 } },
    { what: 'fewer owned without a reason', counts: { total: 15 } },
    { what: 'fewer assigned than hold it', counts: { assigned: 4, available: 16 } },
  ])('$what: the known ones stay', ({ counts, listed = 10 }) => {
    const before = listed === 0 ? known({ assigned: 0, available: 20 }) : known();

    const { asset, discrepancy } = weigh({ known: before, said: said(counts), listed });

    expect(asset).toMatchObject({ total: 20, assigned: before.assigned, available: before.available });
    expect(discrepancy).not.toBeNull();
  });

  test('are believed to be zero once Apple confirms it some minutes later', () => {
    const facts = {
      known: known({ assigned: 0, available: 20 }),
      said: said({ total: 0, assigned: 0, available: 0 }),
      listed: 0,
    };

    expect(again(facts, 1).asset).toMatchObject({ total: 20 });
    expect(again(facts, 3).asset).toMatchObject({ total: 0 });
  });

  test.each(['total', 'assigned', 'available', 'retired'] as const)('without %s keep the known ones', (name) => {
    expect(weigh({ said: said({ [name]: null }) })).toMatchObject({
      asset: { total: 20, assigned: 10, available: 10, retired: 0 },
      discrepancy: null,
    });
  });

  test('of a new asset are unknown, never zero', () => {
    expect(weigh({ known: null, said: said({ total: null, assigned: null, available: null, retired: null }) })).toEqual(
      {
        asset: { ...said(), total: null, assigned: null, available: null, retired: null },
        counts: 'as-said',
        holders: 'add-only',
        surplus: 10,
        discrepancy: null,
      },
    );
    expect(weigh({ known: null, said: said({ total: 0, assigned: 0, available: 0 }) }).asset).toMatchObject({
      total: null,
      assigned: null,
      available: null,
    });
  });

  test('that are all missing let holders decrease only once Apple confirms it', () => {
    const facts = {
      known: known({ assigned: null, surplus: 10 }),
      said: said({ assigned: null }),
      listed: 9,
    };

    expect(weigh(facts)).toMatchObject({ holders: 'add-only', discrepancy: { about: 'holders', listed: 9 } });
    expect(again(facts, 3)).toMatchObject({ holders: 'as-listed', surplus: 9, discrepancy: null });
    expect(again({ ...facts, assignments: TORN }, 3)).toMatchObject({ holders: 'add-only' });
  });
});

describe('an asset that Apple doesn’t list', () => {
  const unlisted = { said: null, listed: 0 };

  test('stays, and is gone when a second list minutes later lacks it too', () => {
    expect(weigh(unlisted)).toMatchObject({
      asset: { total: 20 },
      holders: 'add-only',
      discrepancy: { about: 'missing' },
    });
    expect(again(unlisted, 1).asset).not.toBeNull();
    expect(again(unlisted, 3)).toMatchObject({ asset: null, holders: 'as-listed' });
    expect(again({ ...unlisted, assets: SILENT }, 3).asset).toBeNull();
  });

  test('stays while it has listed holders', () => {
    expect(again({ said: null, listed: 1 }, 48 * 60)).toMatchObject({ asset: { total: 20 }, holders: 'add-only' });
  });

  test('stays while the list contradicts itself', () => {
    expect(again({ ...unlisted, assets: TORN }, 48 * 60)).toMatchObject({ asset: { total: 20 }, holders: 'add-only' });
  });
});

test('no single answer lowers a count or removes a license unless holders and counts agree', () => {
  const number = fc.option(fc.oneof(fc.constantFrom(0, 1, 9, 10, 11, 20, 2 ** 31 - 1), fc.nat(40)), { nil: null });
  const evidence = fc.constantFrom(AGREES, SILENT, TORN);
  const counts = fc.record({ total: number, assigned: number, available: number, retired: number });

  fc.assert(
    fc.property(counts, fc.option(fc.nat(30)), evidence, evidence, (fresh, listed, assets, assignments) => {
      const weighed = weigh({ said: said(fresh), listed: listed ?? 0, assets, assignments });

      const agree = (listed ?? 0) === (fresh.assigned ?? 10);
      if (!agree) expect(weighed.holders).toBe('add-only');
      const isLess = (weighed.asset?.assigned ?? 0) < 10 || (weighed.asset?.total ?? 0) < 20;
      if (isLess) expect(agree).toBe(true);
      expect(weighed.asset?.total).not.toBe(0);
    }),
    { numRuns: 2000 },
  );
});

test('once Apple is consistent again, everything matches its answer, whatever was in question before', () => {
  const about = fc.constantFrom<Discrepancy['about']>('missing', 'holders', 'counts');
  fc.assert(
    fc.property(about, fc.nat(30), fc.nat(30), fc.nat(10), (what, assigned, free, before) => {
      const discrepancy = { about: what, listed: 1, counted: 2, said: null, since: NOW, sameSince: NOW };
      const honest = said({ assigned, available: free, total: assigned + free });

      const weighed = weigh({ known: known({ discrepancy, surplus: before }), said: honest, listed: assigned });

      if (assigned + free === 0) return;
      expect(weighed).toMatchObject({ asset: honest, holders: 'as-listed', surplus: 0, discrepancy: null });
    }),
  );
});
