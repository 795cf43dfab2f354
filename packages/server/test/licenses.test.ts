import { type Asset, assetKey, type Jobs, type NamedWeighing, removeUnlistedOf, type Store } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { createStore } from '../src/store/create-store.ts';
import type { Database } from '../src/store/engine/open-database.ts';
import { readAllAssignments } from '../src/store/licenses/reads/all-assignments.ts';
import { readAsOf, readHistory } from '../src/store/licenses/reads/asset-history.ts';
import { readHolderPage } from '../src/store/licenses/reads/holders.ts';
import { readHoldings } from '../src/store/licenses/reads/holdings.ts';

const asRead = (asset: Asset): NamedWeighing => ({
  key: assetKey(asset),
  name: asset,
  asset,
  counts: 'as-said',
  holders: 'as-listed',
  surplus: 0,
  discrepancy: null,
});

const APP: Asset = {
  adamId: '361285480',
  pricingParam: 'STDQ',
  productType: 'App',
  unlimited: false,
  total: 100,
  assigned: 0,
  available: 100,
  retired: 0,
  deviceAssignable: true,
  revocable: true,
  platforms: ['iOS'],
};
const FIRST_DAY = Date.parse('2026-01-01T00:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

forEachEngine((_name, open) => {
  let database: Database;
  let store: Store;
  let locations = 0;

  beforeAll(async () => {
    database = await open();
    store = createStore(database.db, () => ({}) as Jobs);
  });

  async function newAsset() {
    locations += 1;
    const uId = `L${locations}`;
    const { no } = await database.db
      .insertInto('locations')
      .values({ uid: uId })
      .returning('no')
      .executeTakeFirstOrThrow();
    return { no, key: { uId, adamId: APP.adamId, pricingParam: APP.pricingParam } };
  }
  const read = (uId: string, assigned: number, at: number) =>
    store.write((tx) =>
      tx.assets.replace(uId, [asRead({ ...APP, assigned, available: 100 - assigned })], new Date(at)),
    );
  const assetNoOf = async (uId: string) =>
    (await database.db.selectFrom('assets').select('no').where('location_uid', '=', uId).executeTakeFirstOrThrow()).no;

  describe('history', () => {
    test('any day returns the last scan before its end, however often and late scans were made', async () => {
      const readings = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 3 })), {
        minLength: 1,
        maxLength: 12,
      });
      await fc.assert(
        fc.asyncProperty(readings, async (steps) => {
          const { key } = await newAsset();
          const known: { at: number; assigned: number }[] = [];
          let at = FIRST_DAY;
          for (const [hours, assigned] of steps) {
            at += hours * HOUR;
            await read(key.uId, assigned, at);
            known.push({ at, assigned });
          }

          for (let day = FIRST_DAY; day <= at + DAY; day += DAY) {
            const wanted = known.filter((one) => one.at < day + DAY).at(-1)?.assigned;
            expect((await readAsOf(database.db, key, dayOf(day)))?.assigned).toBe(wanted);
          }
          const days = await readHistory(database.db, key, {});
          const changed = known.filter(({ assigned }, index) => assigned !== known[index - 1]?.assigned);
          expect(days.length).toBeLessThanOrEqual(changed.length);
          expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].sort());
        }),
        { numRuns: 12 },
      );
    });

    test('a license changed by a notification is in the day’s history, and the asset can become low', async () => {
      const { key } = await newAsset();
      await read(key.uId, 89, FIRST_DAY + HOUR);

      await store.write((tx) =>
        tx.assets.addToCounts(key.uId, [
          { adamId: key.adamId, pricingParam: 'STDQ', assigned: 1, total: 0, unreadSince: null, readAt: null },
        ]),
      );
      await store.write((tx) => tx.assets.judge(key.uId, new Date(FIRST_DAY + 2 * HOUR)));

      const { low_since } = await database.db
        .selectFrom('assets')
        .select('low_since')
        .where('location_uid', '=', key.uId)
        .executeTakeFirstOrThrow();
      expect(low_since).toEqual(new Date(FIRST_DAY + 2 * HOUR));
      expect(await readHistory(database.db, key, {})).toMatchObject([
        { assigned: 90, available: 10, day: '2026-01-01' },
      ]);
    });

    test('a count that Apple never sent stays unknown, whatever a notification or a release adds', async () => {
      const { key } = await newAsset();
      const unknown = { ...APP, total: null, assigned: null, available: null, retired: null };
      await store.write((tx) => tx.assets.replace(key.uId, [asRead(unknown)], new Date(FIRST_DAY)));
      const change = { adamId: APP.adamId, pricingParam: APP.pricingParam, assigned: 1, total: 3, unreadSince: null };
      const add = (readAt: Date | null) => store.write((tx) => tx.assets.addToCounts(key.uId, [{ ...change, readAt }]));

      const outcomes = [...(await add(null)), ...(await add(new Date(FIRST_DAY + HOUR)))];

      expect(outcomes).toEqual(['done', 'done']);
      expect(await store.write((tx) => tx.assets.list(key.uId))).toMatchObject([unknown]);
      expect(await readHistory(database.db, key, {})).toMatchObject([{ total: null, assigned: null, available: null }]);
    });

    test('counts are as of the moment at which Apple was asked, and notifications do not change that', async () => {
      const { key } = await newAsset();
      await read(key.uId, 5, FIRST_DAY);
      const change = { adamId: key.adamId, pricingParam: 'STDQ', assigned: -1, total: 0, unreadSince: null };
      const readAtAfter = async (readAt: Date | null) => {
        await store.write((tx) => tx.assets.addToCounts(key.uId, [{ ...change, readAt }]));
        return (
          await database.db
            .selectFrom('assets')
            .select('read_at')
            .where('location_uid', '=', key.uId)
            .executeTakeFirst()
        )?.read_at;
      };

      expect(await readAtAfter(null)).toEqual(new Date(FIRST_DAY));
      expect(await readAtAfter(new Date(FIRST_DAY + HOUR))).toEqual(new Date(FIRST_DAY + HOUR));
      expect(await readAtAfter(new Date(FIRST_DAY - HOUR))).toEqual(new Date(FIRST_DAY + HOUR));
    });

    test('of five years of days, the last 400 stay, then one a week, then one a month', async () => {
      const { key } = await newAsset();
      const now = new Date('2031-01-01T12:00:00Z');
      await read(key.uId, 0, FIRST_DAY);
      await sql`
        insert into asset_days select ${await assetNoOf(key.uId)}::integer, '2026-01-02'::date + n, now(), 100, n % 100,
          100 - n % 100, 0, false, false from generate_series(0, 1824) n`.execute(database.db);
      const before = await readHistory(database.db, key, { from: '2029-11-28' });

      for (let night = 0; night < 3; night++) await store.write((tx) => tx.assets.thinDays(now));

      const days = await readHistory(database.db, key, {});
      expect(days.length).toBeLessThan(400 + 110 + 26);
      expect(days.slice(-before.length + 1)).toEqual(before.slice(1));
      // The last day of a month still has its own counts.
      expect(days.find(({ day }) => day === '2026-03-31')?.assigned).toBe(88);
      expect(await store.write((tx) => tx.assets.thinDays(now))).toBe(0);
    });
  });

  describe('holders', () => {
    test('pages of any size contain every holder once, in order; a prefix matches in either case', async () => {
      const { key } = await newAsset();
      await read(key.uId, 9, FIRST_DAY);
      const devices = ['C02AA1', 'C02AA2', 'C02ZZ9', 'DMP001', 'f17x', 'F17Y'];
      const users = ['c02-user', 'grower@orchard.example'];
      await store.write((tx) =>
        tx.assets.assign(key.uId, [
          ...devices.map((holder) => ({ ...key, holderKind: 'device' as const, holder })),
          ...users.map((holder) => ({ ...key, holderKind: 'user' as const, holder })),
        ]),
      );
      const found = async (q: string | undefined, limit: number, kind?: 'device' | 'user') => {
        const names: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await readHolderPage(database.db, key, { q, kind }, { limit, cursor });
          names.push(...(page?.holders.map(({ holder }) => holder) ?? []));
          cursor = page?.nextCursor ?? undefined;
        } while (cursor !== undefined);
        return names;
      };

      for (const limit of [1, 2, 3, 7, 100]) {
        expect(await found(undefined, limit)).toEqual([...[...devices].sort(), ...[...users].sort()]);
        expect(await found('c02a', limit)).toEqual(['C02AA1', 'C02AA2']);
        expect(await found('c02', limit)).toEqual(['C02AA1', 'C02AA2', 'C02ZZ9', 'c02-user']);
        expect(await found('f17', limit)).toEqual(['F17Y', 'f17x']);
      }
      expect(await found('c02', 5, 'user')).toEqual(['c02-user']);
      expect(await found('nobody', 5)).toEqual([]);
      const { holdings } = await readHoldings(database.db, { holder: 'c02aa1' });
      expect(holdings.map(({ holder, location }) => [holder, location.uId])).toEqual([['C02AA1', key.uId]]);
    });

    test("a person's licenses are found in every location, and a long list is marked as cut", async () => {
      const places: string[] = [];
      for (let n = 0; n < 60; n++) {
        const { no, key } = await newAsset();
        await read(key.uId, 1, FIRST_DAY);
        await sql`insert into assignments select ${no}::integer, ${await assetNoOf(key.uId)}::integer, false, 'EVERYWHERE', 0`.execute(
          database.db,
        );
        await sql`update locations set held = 1 where no = ${no}`.execute(database.db);
        places.push(key.uId);
      }
      const found = async (most?: number | null) => {
        const { holdings, complete } = await readHoldings(database.db, { holder: 'everywhere' }, most);
        return { places: holdings.map(({ location }) => location.uId), complete };
      };
      const all = places.toSorted();

      expect(await found()).toEqual({ places: all, complete: true });
      expect(await found(null)).toEqual({ places: all, complete: true });
      expect(await found(60)).toEqual({ places: all, complete: true });
      expect(await found(59)).toEqual({ places: all.slice(0, 59), complete: false });
      expect(await found(10)).toEqual({ places: all.slice(0, 10), complete: false });
    });

    test('an export is one generation, even if another is shown meanwhile; after two it breaks off', async () => {
      const { no, key } = await newAsset();
      const { uId } = key;
      await read(uId, 0, FIRST_DAY);
      await sql`insert into assignments select ${no}::integer, ${await assetNoOf(uId)}::integer, false,
        'S' || lpad(n::text, 6, '0'), 0 from generate_series(1, 11000) n`.execute(database.db);
      await sql`update locations set held = 11000 where no = ${no}`.execute(database.db);
      /** All are released, and one device gets it instead. */
      const readAgain = async (holder: string) => {
        await store.write((tx) => tx.staging.add(uId, [{ ...key, holderKind: 'device', holder }]));
        await removeUnlistedOf(store.write, uId, null, { has: (row) => row.holder === holder });
        await store.write((tx) => tx.staging.show(uId));
        for (let done = false; !done; ) done = await store.write((tx) => tx.staging.tidy(uId));
      };

      const rows = readAllAssignments(database.db, no, {});
      const seen = [(await rows.next()).value?.length ?? 0];
      await readAgain('NEW1');
      for await (const page of rows) seen.push(page.length);
      expect(seen).toEqual([5000, 5000, 1000]);

      const broken = readAllAssignments(database.db, no, {});
      const other = broken.next();
      expect((await other).value).toHaveLength(1);
      await sql`insert into assignments select ${no}::integer, ${await assetNoOf(uId)}::integer, false,
        'T' || lpad(n::text, 6, '0'), (select generation from locations where no = ${no}) from generate_series(1, 6000) n`.execute(
        database.db,
      );
      const twice = readAllAssignments(database.db, no, {});
      await twice.next();
      await readAgain('NEW2');
      await readAgain('NEW3');
      await expect(twice.next()).rejects.toThrow();
    });
  });
});
