import { noticedUser, pickUser, type Store, type Tx, type User, type UserNotice } from '@winesap/core';
import { heldUsers } from '@winesap/testkit';
import { forEachEngine } from '@winesap/testkit/engines';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/store/engine/open-database.ts';
import { StoreWorld } from './store-world.ts';

const AT = new Date('2026-11-28T10:00:00Z');
const user = (clientUserId: string, status = 'Registered', more: Partial<User> = {}): User => ({
  clientUserId,
  status,
  email: `${clientUserId}@orchard.example`,
  idHash: null,
  ...more,
});
const lineOf = ({ clientUserId, status, email }: User) =>
  [clientUserId, status, email].filter((part) => part !== null).join(' ');

forEachEngine((_name, open) => {
  let database: Database;
  let store: Store;
  let world: StoreWorld;

  beforeAll(async () => {
    world = await StoreWorld.on(await open());
    ({ database, store } = world);
  });

  const newLocation = () => world.newLocation();
  const seen = (uId: string) => heldUsers(database, uId);
  const slices = async (step: (tx: Tx) => Promise<boolean>) => {
    while (!(await store.write(step)));
  };
  const clear = (uId: string) => world.along<string>((tx, after) => tx.users.clear(uId, after));
  const begin = (uId: string) => store.write((tx) => tx.users.begin(uId));
  const add = async (uId: string, rows: User[], list = new Set<string>()) => {
    await store.write((tx) => tx.users.add(uId, rows, list));
    for (const { clientUserId } of rows) list.add(clientUserId);
    return list;
  };
  const removeUnlisted = (uId: string, list: ReadonlySet<string>) =>
    world.along<string>(async (tx, after) => (await tx.users.removeUnlisted(uId, list, 'removed', after)).next);
  const change = (uId: string, rows: User[]) => store.write((tx) => tx.users.change(uId, rows));
  const show = (uId: string) => store.write((tx) => tx.users.show(uId, { version: 'v1', missing: null }, AT));
  const notice = (uId: string, kind: UserNotice['change'], ...told: User[]) =>
    store.write((tx) =>
      tx.users.override(
        uId,
        told.map((one) => ({ change: kind, user: { ...one, inviteCode: null } })),
      ),
    );
  const read = async (uId: string, rows: User[]) => {
    await begin(uId);
    const list = new Set<string>();
    for (let at = 0; at < rows.length; at += 2000) await add(uId, rows.slice(at, at + 2000), list);
    await removeUnlisted(uId, list);
    const shown = await show(uId);
    await slices((tx) => tx.users.tidy(uId));
    return shown;
  };
  const sums = async (uId: string) => {
    const { rows } = await sql<{ status: string; held: number }>`
      select status, user_sums.held from user_sums join locations on no = location_no
      where uid = ${uId} and user_sums.held <> 0 order by status`.execute(database.db);
    return rows.map(({ status, held }) => `${held} ${status}`);
  };
  const reading = (uId: string) => store.write((tx) => tx.users.reading(uId));

  test('staged users are hidden until they are shown, and then all of them appear', async () => {
    const uId = await newLocation();
    await read(uId, [user('anna'), user('ben'), user('carl', 'Associated')]);
    const before = await seen(uId);

    await begin(uId);
    await removeUnlisted(uId, await add(uId, [user('anna'), user('ben', 'Retired'), user('dora')]));

    expect(await seen(uId)).toEqual(before);
    expect(await sums(uId)).toEqual(['1 Associated', '2 Registered']);
    expect(await show(uId)).toEqual({ registered: 1, retired: 1, changed: 0, gone: 1, held: 3 });
    expect(await seen(uId)).toEqual([
      'anna Registered anna@orchard.example',
      'ben Retired ben@orchard.example',
      'dora Registered dora@orchard.example',
    ]);
    expect(await sums(uId)).toEqual(['2 Registered', '1 Retired']);
    expect(await reading(uId)).toEqual({ version: 'v1', readAt: AT, held: 3, toRecheck: false, missing: null });
  });

  test('more users than fit in a slice are compared, whichever side has more', async () => {
    const uId = await newLocation();
    const all = Array.from({ length: 7000 }, (_, n) => user(`person-${(n * 7919) % 7000}-ä`));
    const before = all.filter((_, n) => n % 50 !== 7);
    const after = all
      .filter((_, n) => n % 50 !== 8)
      .map((one, n) => (n % 700 === 3 ? { ...one, status: 'Retired' } : one));

    const first = await read(uId, before);
    const second = await read(uId, after);

    const has = new Map(before.map((one) => [one.clientUserId, one]));
    const fresh = after.filter(({ clientUserId }) => !has.has(clientUserId));
    expect(first).toMatchObject({ registered: 6860, held: 6860 });
    expect(second).toMatchObject({ gone: 140, held: 6860 });
    expect(second.registered + second.retired).toBe(
      fresh.length + after.filter(({ clientUserId, status }) => has.has(clientUserId) && status === 'Retired').length,
    );
    expect(await seen(uId)).toEqual(after.map(lineOf).sort());
  });

  test('an abandoned read leaves nothing', async () => {
    const uId = await newLocation();
    const rows = Array.from({ length: 4500 }, (_, n) => user(`u${n}`));
    await read(uId, rows);
    await begin(uId);
    const retired = rows.slice(0, 2000).map((one) => ({ ...one, status: 'Retired' }));
    await removeUnlisted(uId, await add(uId, retired));
    await change(uId, [user('late')]);

    await clear(uId);
    await store.write((tx) => tx.users.giveUp(uId));

    expect(await seen(uId)).toEqual(rows.map(lineOf).sort());
    const { rows: left } = await sql`
      select (select count(*)::integer from users where location_no = no) as n, reading.coming, reading.going, begun_after,
        (select sum(abs(user_sums.coming))::integer from user_sums where location_no = no) as sums
      from locations join user_readings reading on location_no = no where uid = ${uId}`.execute(database.db);
    expect(left).toEqual([{ n: 4500, coming: 0, going: 0, begun_after: null, sums: 0 }]);
    await begin(uId);
    expect(await show(uId)).toEqual({ registered: 0, retired: 0, changed: 0, gone: 0, held: 4500 });
  });

  test('of several registrations of one person the active one is shown, else the one with an Apple Account', async () => {
    const uId = await newLocation();

    await begin(uId);
    const list = await add(uId, [user('anna', 'Retired', { idHash: 'X' }), user('ben', 'Retired')]);
    await add(uId, [user('ben', 'Retired', { idHash: 'Y', email: 'old@orchard.example' }), user('anna')], list);
    await show(uId);

    expect(await seen(uId)).toEqual(['anna Registered anna@orchard.example', 'ben Retired old@orchard.example']);
  });

  test('unchanged users are not written, however often they are listed', async () => {
    const uId = await newLocation();
    const rows = [user('anna'), user('ben', 'Retired', { idHash: 'Y' }), user('carl', 'Associated')];
    await read(uId, rows);
    const versions = async () =>
      (
        await sql`select users.ctid::text, users.xmin::text, users.xmax::text from users join locations on no = location_no
          where uid = ${uId} order by 1`.execute(database.db)
      ).rows;
    const before = await versions();

    await begin(uId);
    await removeUnlisted(uId, await add(uId, rows, await add(uId, rows)));

    expect(await show(uId)).toEqual({ registered: 0, retired: 0, changed: 0, gone: 0, held: 3 });
    expect(await versions()).toEqual(before);
  });

  test('the visible registration does not depend on the order of the list', async () => {
    const known = user('anna', 'Retired', { idHash: 'B' });
    const listed = [
      user('anna', 'Retired', { email: null }),
      user('anna', 'Retired', { idHash: 'A' }),
      user('anna', 'Invited', { idHash: 'C' }),
      user('anna', 'Registered', { email: null, idHash: null }),
    ];
    const shown = async (rows: User[]) => {
      const uId = await newLocation();
      await read(uId, [known]);
      await begin(uId);
      const list = new Set<string>();
      for (const row of rows) await add(uId, [row], list);
      await show(uId);
      const lines = await seen(uId);
      return { lines, unsure: await change(uId, [user('anna', 'Retired')]) };
    };

    const one = await shown(listed);

    expect(await shown([...listed].reverse())).toEqual(one);
    expect(await shown([2, 0, 3, 1].flatMap((at) => listed[at] ?? []))).toEqual(one);
  });

  test("an ambiguous retirement is requested from Apple, and then matches Apple's list", async () => {
    const uId = await newLocation();
    await read(uId, [
      user('anna', 'Retired', { idHash: 'X' }),
      user('anna', 'Associated', { idHash: 'Y' }),
      user('ben'),
    ]);

    await begin(uId);
    const unsure = await change(uId, [user('anna', 'Retired', { idHash: 'Y' }), user('ben', 'Retired')]);
    await store.write((tx) => tx.users.settle(uId, 'anna', [user('anna', 'Retired', { idHash: 'Y' })]));
    await store.write((tx) => tx.users.settle(uId, 'ben', []));

    expect(unsure).toEqual(['anna']);
    expect(await show(uId)).toEqual({ registered: 0, retired: 1, changed: 0, gone: 1, held: 1 });
    expect(await seen(uId)).toEqual(['anna Retired anna@orchard.example']);
  });

  test('notifications are visible immediately, and those that do not follow from what is stored cause a recheck', async () => {
    const uId = await newLocation();
    await read(uId, [user('anna')]);

    const came = [
      ...(await notice(uId, 'created', user('ben'), user('ben'))),
      ...(await notice(uId, 'updated', user('anna', 'Registered', { email: 'a@orchard.example' }))),
      ...(await notice(uId, 'retired', user('ben', 'Retired'))),
    ];
    const trusted = await reading(uId);
    await notice(uId, 'updated', user('nobody'));

    expect(came).toEqual(['registered', null, 'changed', 'retired']);
    expect(trusted).toMatchObject({ held: 2, toRecheck: false, missing: null });
    expect(await seen(uId)).toEqual([
      'anna Registered a@orchard.example',
      'ben Retired ben@orchard.example',
      'nobody Registered nobody@orchard.example',
    ]);
    expect(await reading(uId)).toMatchObject({ held: 3, toRecheck: true });
    expect(await begin(uId)).toEqual(expect.arrayContaining(['anna', 'ben', 'nobody']));
  });

  test('an unknown user is recognized by name', async () => {
    const uId = await newLocation();
    await read(uId, [user('anna')]);
    const hasUnknown = (...names: string[]) => store.write((tx) => tx.users.hasUnknown(uId, names));

    expect([await hasUnknown(), await hasUnknown('anna'), await hasUnknown('anna', 'ben')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  const statuses = ['Registered', 'Associated', 'Retired', 'Paused'];
  const person = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), status: fc.constantFrom(...statuses) });
  const listOf = (people: { name: string; status: string }[]) => [
    ...new Map(people.map((one) => [one.name, user(one.name, one.status)])).values(),
  ];
  const news = fc.record({
    of: person,
    change: fc.constantFrom('created', 'updated', 'retired', 'associated') as fc.Arbitrary<UserNotice['change']>,
    at: fc.constantFrom('begun', 'added', 'compared'),
  });

  test('a notification during a read of users outranks what the read found, whenever it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { maxLength: 5 }),
        fc.array(person, { maxLength: 5 }),
        fc.array(news, { maxLength: 5 }),
        fc.constantFrom('shown', 'given up', 'changed again'),
        async (stored, listed, told, end) => {
          const uId = await newLocation();
          await read(uId, listOf(stored));
          const now = new Map(listOf(stored).map((one) => [one.clientUserId, pickUser([one])]));
          const later = new Map(listOf(listed).map((one) => [one.clientUserId, pickUser([one])]));
          const lines = (users: typeof now) =>
            [...users.values()]
              .flatMap((one) => one ?? [])
              .map(lineOf)
              .sort();
          const hear = async (when: string) => {
            for (const one of told.filter(({ at }) => at === when)) {
              const row = user(one.of.name, one.of.status);
              await notice(uId, one.change, row);
              const after = noticedUser(now.get(one.of.name) ?? null, one.change, { ...row, inviteCode: null }).user;
              now.set(one.of.name, after);
              later.set(one.of.name, after);
              expect(await seen(uId)).toEqual(lines(now));
            }
          };

          await begin(uId);
          await hear('begun');
          const list = await add(uId, listOf(listed));
          await hear('added');
          await removeUnlisted(uId, list);
          if (end === 'changed again') {
            await add(uId, listOf(listed), list);
            await removeUnlisted(uId, list);
          }
          await hear('compared');
          if (end === 'given up') {
            await clear(uId);
            await begin(uId);
          }
          const { held } = await show(uId);

          const wanted = end === 'given up' ? now : later;
          expect(await seen(uId)).toEqual(lines(wanted));
          expect(held).toBe(lines(wanted).length);
          const counted = (await sums(uId)).reduce((sum, line) => sum + Number(line.split(' ')[0]), 0);
          expect(counted).toBe(held);
          expect((await reading(uId)).toRecheck).toBe(end !== 'given up' && told.length > 0);
        },
      ),
      { numRuns: 25 },
    );
  });
});
