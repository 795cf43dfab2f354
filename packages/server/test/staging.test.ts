import {
  type AppleLocation,
  type Asset,
  type Assignment,
  type RowCursor,
  removeUnlisted,
  removeUnlistedOf,
  rereadAsset,
  SeenRows,
  type Store,
} from '@winesap/core';
import { heldAssignments } from '@winesap/testkit';
import { forEachEngine } from '@winesap/testkit/engines';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/store/engine/open-database.ts';
import { StoreWorld } from './store-world.ts';

const held = (adamId: number, holder: number, holderKind: Assignment['holderKind'] = 'device'): Assignment => ({
  adamId: `${adamId}`,
  pricingParam: 'STDQ',
  holderKind,
  holder: `H${holder}`,
});
const ASSET: Asset = {
  adamId: '1',
  pricingParam: 'STDQ',
  productType: 'App',
  unlimited: false,
  total: 9,
  assigned: 0,
  available: 9,
  retired: 0,
  deviceAssignable: true,
  revocable: true,
  platforms: ['iOS'],
};
const lineOf = ({ adamId, holder }: Assignment) => `${adamId} ${holder}`;

forEachEngine((_name, open) => {
  let database: Database;
  let store: Store;
  let world: StoreWorld;

  beforeAll(async () => {
    world = await StoreWorld.on(await open());
    ({ database, store } = world);
  });

  const newLocation = () => world.newLocation();
  const seen = (uId: string) => heldAssignments(database, uId);
  const outlook = (uId: string) => store.write((tx) => tx.staging.outlook(uId));
  const add = (uId: string, rows: Assignment[]) => store.write((tx) => tx.staging.add(uId, rows));
  const listOf = (rows: Assignment[]) => {
    const list = new SeenRows('test');
    for (const row of rows) list.add(row);
    return list;
  };
  const leave = (uId: string, rows: Assignment[], suspects = rows.slice(0, 1)) =>
    removeUnlisted(store.write, uId, listOf(rows), suspects);
  const show = (uId: string) => store.write((tx) => tx.staging.show(uId));
  const read = async (uId: string, rows: Assignment[]) => {
    await add(uId, rows);
    await leave(uId, rows);
    return show(uId);
  };
  const underWay = (uId: string) =>
    // Without a token: it only matters that a scan is under way.
    sql`
      with organization as (insert into organizations (name, created_at) values (${uId}, now()) returning id),
      policy as (insert into policies (organization_id, name, created_at) select id, 'root', now() from organization
        returning id, organization_id),
      token as (
        insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
          state_since, next_check_at, added_at, added_by)
        select organization_id, id, ${uId}, 'sealed', 'f', 'watch', 'free', 'healthy', now(), now(), now(), 'test'
        from policy returning id)
      insert into scans (token_id, location_uid, reason, state, queued_at, moved_at)
      select id, ${uId}, 'button', 'running', now(), now() from token`.execute(database.db);

  test('staged rows are hidden until they are shown, and then all of them appear', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1), held(1, 2), held(2, 1)]);
    const before = await seen(uId);
    const listed = [held(1, 2), held(2, 1, 'user'), held(3, 9)];

    await add(uId, listed);
    await leave(uId, listed);

    expect(await seen(uId)).toEqual(before);
    expect(await outlook(uId)).toEqual({ held: 3, after: 3 });
    expect(await show(uId)).toEqual({ assigned: 2, unassigned: 2, held: 3 });
    expect(await seen(uId)).toEqual(['1 H2', '2 H1', '3 H9']);
  });

  test('more rows than fit in a slice are compared, whichever side has more of them', async () => {
    const uId = await newLocation();
    const all = Array.from({ length: 5000 }, (_, n) => held(1 + (n % 3), n));
    const gone = new Set([3, 700, 701, 702, 2500, 4999].map((n) => lineOf(held(1 + (n % 3), n))));
    const before = all.filter((_, n) => n % 50 !== 7);
    const after = all.filter((row) => !gone.has(lineOf(row)));

    const first = await read(uId, before);
    const more = await read(uId, after);
    const less = await read(uId, before);

    expect(first).toEqual({ assigned: 4900, unassigned: 0, held: 4900 });
    expect(more).toEqual({ assigned: 100, unassigned: 6, held: 4994 });
    expect(less).toEqual({ assigned: 6, unassigned: 100, held: 4900 });
    expect(await seen(uId)).toEqual(before.map(lineOf).sort());
  });

  test('an abandoned scan leaves nothing, whatever it found new and gone', async () => {
    const uId = await newLocation();
    const rows = [held(1, 1), held(1, 2), held(2, 1)];
    await read(uId, rows);
    await add(uId, [held(1, 2), held(3, 9)]);
    await leave(uId, [held(1, 2), held(3, 9)]);
    await store.write((tx) => tx.staging.add(uId, [held(4, 4)]));

    await world.along<RowCursor>((tx, after) => tx.staging.clear(uId, after));

    expect(await show(uId)).toEqual({ assigned: 0, unassigned: 0, held: 3 });
    expect(await seen(uId)).toEqual(rows.map(lineOf).sort());
    const { rows: counted } =
      await sql`select count(*)::integer as n from assignments join locations on no = location_no
      where uid = ${uId}`.execute(database.db);
    expect(counted).toEqual([{ n: 3 }]);
  });

  test('what a pass has listed so far is stored for the process that continues it', async () => {
    const [mine, theirs] = [await newLocation(), await newLocation()];
    const list = listOf([held(1, 1), held(1, 2)]);
    await store.write((tx) => tx.staging.keepMarks(mine, { marks: list.takeMarks(), counts: { '1/STDQ': 2 } }));
    await store.write((tx) =>
      tx.staging.keepMarks(theirs, { marks: listOf([held(9, 9)]).takeMarks(), counts: { '9/STDQ': 1 } }),
    );
    list.add(held(1, 3));
    await store.write((tx) => tx.staging.keepMarks(mine, { marks: list.takeMarks(), counts: { '1/STDQ': 1 } }));

    const again = new SeenRows('test');
    const parts = await store.write((tx) => tx.staging.marks(mine));
    for (const { marks } of parts) again.putMarks(marks);
    await store.write((tx) => tx.staging.forgetMarks(mine));

    expect([1, 2, 3, 4].map((holder) => again.has(held(1, holder)))).toEqual([true, true, true, false]);
    expect(again.size).toBe(3);
    expect(parts.map(({ counts }) => counts)).toEqual([{ '1/STDQ': 2 }, { '1/STDQ': 1 }]);
    expect(await store.write((tx) => tx.staging.marks(mine))).toEqual([]);
    expect(await store.write((tx) => tx.staging.marks(theirs))).toHaveLength(1);
  });

  test('rows that are already held are only read, not written', async () => {
    const uId = await newLocation();
    const rows = [held(1, 1), held(1, 2), held(2, 1)];
    await read(uId, rows);
    const versions = async () =>
      (
        await sql`select a.ctid::text, a.xmin::text, a.xmax::text from assignments a join locations on no = location_no
          where uid = ${uId} order by 1`.execute(database.db)
      ).rows;
    const before = await versions();

    expect(await read(uId, rows)).toEqual({ assigned: 0, unassigned: 0, held: 3 });

    expect(await versions()).toEqual(before);
  });

  test('a row that Apple lists twice is held once', async () => {
    const uId = await newLocation();

    await add(uId, [held(1, 1), held(1, 2), held(1, 1)]);
    await add(uId, [held(1, 2), held(1, 3), held(1, 3)]);

    expect(await show(uId)).toEqual({ assigned: 3, unassigned: 0, held: 3 });
  });

  test('new rows are counted; if one is not new, none is written and the slower path continues', async () => {
    const uId = await newLocation();
    const both = (rows: Assignment[]) =>
      store.write(async (tx) => {
        const added = await tx.staging.addNew(uId, rows);
        return { added, careful: added === null ? [...(await tx.staging.add(uId, rows)).values()] : null };
      });

    expect(await both([held(1, 1), held(1, 2), held(2, 1), held(1, 1)])).toEqual({ added: 3, careful: null });
    expect(await both([held(2, 2), held(1, 2), held(1, 3)])).toEqual({ added: null, careful: [1, 1] });

    expect(await show(uId)).toEqual({ assigned: 5, unassigned: 0, held: 5 });
    expect(await seen(uId)).toEqual(['1 H1', '1 H2', '1 H3', '2 H1', '2 H2']);
  });

  test('a notification during the read is not overwritten by treating all rows as new', async () => {
    const uId = await newLocation();
    await underWay(uId);
    await store.write((tx) => tx.assets.unassign(uId, [held(1, 1)]));

    const added = await store.write((tx) => tx.staging.addNew(uId, [held(1, 1), held(1, 2)]));

    expect(added).toBeNull();
    expect(await outlook(uId)).toEqual({ held: 0, after: 0 });
    expect([...(await add(uId, [held(1, 1), held(1, 2)])).values()]).toEqual([1]);
    expect(await show(uId)).toEqual({ assigned: 1, unassigned: 0, held: 1 });
    expect(await seen(uId)).toEqual(['1 H2']);
  });

  test('after too many notifications during a pass, all rows are compared', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1), held(1, 2), held(2, 1)]);
    await sql`insert into assignment_overrides select no, 0, false, 'X' || n from locations, generate_series(1, 10001) n
      where uid = ${uId}`.execute(database.db);

    await leave(uId, [held(1, 1), held(1, 2)], []);

    expect(await show(uId)).toEqual({ assigned: 0, unassigned: 1, held: 2 });
  });

  test('a row that this scan removed and then lists stays held, and does not count as new', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1), held(1, 2)]);
    await removeUnlistedOf(store.write, uId, ASSET, { has: () => false });

    const news = await add(uId, [held(1, 1), held(1, 2)]);

    expect(news.size).toBe(0);
    expect(await show(uId)).toEqual({ assigned: 0, unassigned: 0, held: 2 });
    expect(await seen(uId)).toEqual(['1 H1', '1 H2']);
  });

  test('a license released and assigned again is visible, even while its old row is kept for an export', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1), held(1, 2)]);
    await read(uId, [held(1, 1)]);

    await store.write((tx) => tx.staging.add(uId, [held(1, 2)]));

    expect(await seen(uId)).toEqual(['1 H1']);
    expect(await show(uId)).toEqual({ assigned: 1, unassigned: 0, held: 2 });
    expect(await seen(uId)).toEqual(['1 H1', '1 H2']);
  });

  test('one asset can be compared separately', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1), held(1, 2), held(2, 1), held(2, 2)]);

    await add(uId, [held(2, 2), held(2, 3)]);
    await removeUnlistedOf(store.write, uId, { adamId: '2', pricingParam: 'STDQ' }, listOf([held(2, 2), held(2, 3)]));

    expect(await show(uId)).toEqual({ assigned: 1, unassigned: 1, held: 4 });
    expect(await seen(uId)).toEqual(['1 H1', '1 H2', '2 H2', '2 H3']);
  });

  test('notifications are visible immediately, return what really changed, and are safe to repeat', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1)]);

    const first = await store.write((tx) => tx.assets.assign(uId, [held(1, 1), held(1, 2), held(1, 2)]));
    const again = await store.write((tx) => tx.assets.assign(uId, [held(1, 2)]));
    const back = await store.write((tx) => tx.assets.unassign(uId, [held(1, 1), held(7, 7)]));

    expect([first, again, back]).toEqual([[held(1, 2)], [], [held(1, 1)]]);
    expect(await seen(uId)).toEqual(['1 H2']);
    expect(await outlook(uId)).toEqual({ held: 1, after: 1 });
  });

  /** Apple's answers about one asset. */
  const answering = (asset: object, holders: readonly Assignment[], meanwhile: () => Promise<unknown>) =>
    ({
      async *holderPages() {
        await meanwhile();
        yield { rows: holders, resumeVersion: '1', consistency: 'one-version', list: null };
      },
      asset: async () => asset,
    }) as unknown as AppleLocation;
  const rereading = () => ({ store, now: () => new Date(), settings: { confirmAfterMs: 120_000 } });

  test('one asset read again agrees with Apple, and keeps notifications from the meantime', async () => {
    const uId = await newLocation();
    await read(uId, [held(1, 1), held(1, 2), held(2, 1)]);
    const asset = { ...ASSET, assigned: 2, available: 7 };
    const location = answering(asset, [held(1, 2), held(1, 3)], () =>
      store.write((tx) => tx.assets.assign(uId, [held(1, 8)])),
    );

    const found = await rereadAsset(rereading(), location, uId, ASSET);

    expect(found).toEqual({ assigned: 1, unassigned: 1 });
    expect(await seen(uId)).toEqual(['1 H2', '1 H3', '1 H8', '2 H1']);
    expect(await store.write((tx) => tx.assets.list(uId))).toEqual([{ ...asset, surplus: 0, discrepancy: null }]);
  });

  test.each<[string, Partial<Asset>]>([
    ['a total that fell without the rest', { total: 4 }],
    ['licenses left that add up to less', { available: 1 }],
    ['nothing owned', { total: 0, assigned: 0, available: 0, retired: 0 }],
  ])('one asset read anew is not believed in what proves nothing: %s', async (_, said) => {
    const uId = await newLocation();
    const whole = { ...ASSET, total: 10, assigned: 2, available: 8, retired: 0 };
    await read(uId, [held(1, 1), held(1, 2)]);
    await store.write((tx) => tx.assets.saveOne(uId, whole, 0, new Date()));
    const holders = said.assigned === 0 ? [] : [held(1, 1), held(1, 2)];

    const found = await rereadAsset(
      rereading(),
      answering({ ...whole, ...said }, holders, async () => {}),
      uId,
      ASSET,
    );

    expect(found).toBeNull();
    expect(await seen(uId)).toEqual(['1 H1', '1 H2']);
    expect(await store.write((tx) => tx.assets.list(uId))).toEqual([{ ...whole, surplus: 0, discrepancy: null }]);
  });

  const row = fc.record({ adamId: fc.integer({ min: 1, max: 3 }), holder: fc.integer({ min: 1, max: 4 }) });
  const told = fc.record({ held: fc.boolean(), row, at: fc.constantFrom('read', 'comparing', 'compared') });

  test('a notification during a scan outranks what the scan found, whenever it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 8 }),
        fc.array(row, { maxLength: 8 }),
        fc.array(told, { maxLength: 5 }),
        fc.boolean(),
        async (stored, listed, news, givenUp) => {
          const uId = await newLocation();
          await read(
            uId,
            stored.map((one) => held(one.adamId, one.holder)),
          );
          await underWay(uId);
          const now = new Set(await seen(uId));
          const later = new Set(listed.map((one) => `${one.adamId} H${one.holder}`));
          const tell = async (when: string) => {
            for (const one of news.filter(({ at }) => at === when)) {
              const assignment = held(one.row.adamId, one.row.holder);
              const act = one.held ? ('assign' as const) : ('unassign' as const);
              const changed = await store.write((tx) => tx.assets[act](uId, [assignment]));
              expect(changed).toHaveLength(now.has(lineOf(assignment)) === one.held ? 0 : 1);
              for (const rows of [now, later]) rows[one.held ? 'add' : 'delete'](lineOf(assignment));
              expect(await seen(uId)).toEqual([...now].sort());
            }
          };

          const rows = listed.map((one) => held(one.adamId, one.holder));
          await add(uId, rows);
          await tell('read');
          const [one] = rows;
          if (one) await removeUnlistedOf(store.write, uId, one, listOf(rows));
          await tell('comparing');
          await leave(uId, rows);
          await tell('compared');
          if (givenUp) await world.along<RowCursor>((tx, after) => tx.staging.clear(uId, after));
          else expect(await outlook(uId)).toEqual({ held: now.size, after: later.size });

          const { held: count } = await show(uId);
          expect(await seen(uId)).toEqual([...(givenUp ? now : later)].sort());
          expect(count).toBe((givenUp ? now : later).size);
        },
      ),
      { numRuns: 25 },
    );
  });
});
