import { routes } from '@winesap/api';
import { pickUser } from '@winesap/core';
import { createAppleUsers, type HeldLocation, heldUsers, holdLocation, scanned, until } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

const NAMES = ['anna', 'ben', 'carl'] as const;
const BOOK = '900000901';
const name = fc.constantFrom(...NAMES);
const account = fc.constantFrom(undefined, 'x', 'y');
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), name, account }) },
  fc.record({ do: fc.constant('update' as const), name, account, mark: fc.nat(9) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('retire' as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom(
        { name: 'dropped-notification' },
        { name: 'doubled-notification' },
        { name: 'late-notification' },
        { name: 'reordered-notifications' },
        { name: 'unknown-error-number', path: '/mdm/v2/users' },
        { name: 'stale-version', path: '/mdm/v2/users' },
        { name: 'torn-pages' },
      ),
    }),
  },
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1000, max: 900_000 }) }),
  fc.record({ do: fc.constantFrom('scan' as const, 'scan and stop' as const) }),
);

withStack(
  'postgres',
  (stack) => {
    const api = () => stack().owner.api;
    const healthOf = ({ tokenId }: HeldLocation) => api().call(routes.getNotificationHealth, { params: { tokenId } });
    const notified = async () => {
      await stack().apple.settings({ eventDelayMs: 0, eventStepMs: 0 });
      const held = await holdLocation(stack());
      await until(
        'notifications to come',
        () => healthOf(held),
        ({ state }) => state === 'set',
      );
      return { held, users: createAppleUsers(stack().appleUrl, held.file) };
    };
    const here = (held: HeldLocation) => api().call(routes.listUsers, { params: { uId: held.location.uId } });
    const heard = (held: HeldLocation, wanted: string[]) =>
      until(
        `users to be ${wanted.join(', ')}`,
        async () => (await here(held)).users.map(({ clientUserId, status }) => `${clientUserId} ${status}`),
        (lines) => lines.join() === wanted.join(),
      );
    const start = ({ tokenId }: HeldLocation) => api().call(routes.scanToken, { params: { tokenId } });
    /** Runs a scan that reads only changes, as if users had been read more than a day ago. */
    const scanChanges = async (held: HeldLocation) => {
      await stack().withDatabase(async ({ db }) => {
        await sql`update readings set asked_at = null`.execute(db);
        await sql`update user_readings set read_at = read_at - interval '25 hours'`.execute(db);
      });
      await start(held);
      return scanned(api(), held.tokenId);
    };
    const stored = ({ location }: HeldLocation) =>
      stack().withDatabase((database) => heldUsers(database, location.uId));
    /** Returns each person's visible registration, read without any of our code. */
    const atApple = async (held: HeldLocation) => {
      const rows = await createAppleUsers(stack().appleUrl, held.file).list();
      return NAMES.flatMap((clientUserId) => {
        const registrations = rows
          .filter((row) => row.clientUserId === clientUserId)
          .map(({ status, email = null, idHash = null }) => ({ clientUserId, status, email, idHash }));
        const { status, email } = pickUser(registrations) ?? {};
        return status === undefined ? [] : [[clientUserId, status, ...(email ? [email] : [])].join(' ')];
      });
    };

    test('users that another server creates, changes, and retires appear immediately, and the log says so', async () => {
      const { held, users } = await notified();
      await stack().apple.forgetRequests();

      await users.create({ clientUserId: 'anna', email: 'anna@orchard.example' }, { clientUserId: 'ben' });
      await heard(held, ['anna Registered', 'ben Registered']);
      await users.update({ clientUserId: 'anna', managedAppleId: `a@${held.location.managedDomain}` });
      await heard(held, ['anna Associated', 'ben Registered']);
      expect((await stack().apple.requests()).byPath['GET /mdm/v2/users']).toBe(undefined);
      await users.retire('ben');
      await heard(held, ['anna Associated', 'ben Retired']);

      expect((await here(held)).byStatus).toEqual([
        { status: 'Associated', users: 1 },
        { status: 'Retired', users: 1 },
      ]);
      const events = await until(
        'the log to tell',
        async () => (await api().call(routes.listEvents, { query: { tokenId: held.tokenId } })).events,
        (list) => list.some(({ text }) => /^Apple notified: .*users? registered/.test(text)),
      );
      expect(JSON.stringify(events)).not.toContain('@orchard.example');
      expect(stack().log.join()).not.toContain('@orchard.example');
    });

    test('an accepted invitation associates the user', async () => {
      const { held, users } = await notified();
      await users.create({ clientUserId: 'anna', email: 'anna@orchard.example' });
      await heard(held, ['anna Registered']);
      const [{ inviteCode } = { inviteCode: '' }] = await users.list();

      await stack().apple.acceptInvitation(held.location.uId, inviteCode ?? '', `anna@${held.location.managedDomain}`);

      await heard(held, ['anna Associated']);
      expect(await stored(held)).toEqual(['anna Associated anna@orchard.example']);
    });

    test('a user who retires with a book is shown as retired and still holding, without waiting for a scheduled scan', async () => {
      const { held, users } = await notified();
      await users.create({ clientUserId: 'anna' }, { clientUserId: 'ben' });
      await users.assign(BOOK, 'anna', 'ben');
      await heard(held, ['anna Registered', 'ben Registered']);

      await users.retire('anna');
      await heard(held, ['anna Retired', 'ben Registered']);

      const { users: found } = await until(
        'the book of the retired user',
        () =>
          api().call(routes.listUsers, {
            params: { uId: held.location.uId },
            query: { status: 'Retired', holding: 'true' },
          }),
        ({ users: list }) => list.length > 0,
      );
      expect(found).toMatchObject([{ clientUserId: 'anna', isActive: false, licenses: 1 }]);
    });

    test('a late notification is corrected by the next difference, which asks only for that user', async () => {
      const { held, users } = await notified();
      const mail = (wanted: string) =>
        until(
          `the mail address ${wanted}`,
          async () => (await here(held)).users[0]?.email,
          (email) => email === wanted,
        );
      await users.create({ clientUserId: 'anna', email: 'anna@orchard.example' });
      await heard(held, ['anna Registered']);
      await stack().apple.fault({ name: 'late-notification', uId: held.location.uId, times: 1 });
      await users.update({ clientUserId: 'anna', email: 'first@orchard.example' });
      await users.update({ clientUserId: 'anna', email: 'second@orchard.example' });
      await mail('second@orchard.example');
      await scanChanges(held);
      await stack().apple.advance(30 * 60_000);
      await mail('first@orchard.example');
      await stack().apple.forgetRequests();

      await scanChanges(held);

      await mail('second@orchard.example');
      const asked = (await stack().apple.requests()).last.filter(({ path }) => path === '/mdm/v2/users');
      const alone = asked.filter(({ query }) => query.includes('clientUserId=anna'));
      expect(alone).toHaveLength(1);
      expect(asked.every((one) => alone.includes(one) || one.query.includes('sinceVersionId'))).toBe(true);
    });

    test('after any mixture of changes, lost, doubled, and late notifications, and interrupted scans, a difference agrees with Apple, and so does a full scan', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 10 }), async (acts) => {
          const { held, users } = await notified();
          await stack().apple.settings({ pageSize: 2 });
          const { uId, managedDomain } = held.location;
          for (const one of acts) {
            const managed =
              'account' in one && one.account ? { managedAppleId: `${one.account}@${managedDomain}` } : {};
            if (one.do === 'create') await users.create({ clientUserId: one.name, ...managed });
            if (one.do === 'update')
              await users.update({ clientUserId: one.name, email: `${one.mark}@orchard.example`, ...managed });
            if (one.do === 'retire') await users.retire(one.name);
            if (one.do === 'fault') await stack().apple.fault({ ...one.fault, uId, times: 1 });
            if (one.do === 'advance') await stack().apple.advance(one.ms);
            if (one.do === 'scan' || one.do === 'scan and stop') await start(held);
            if (one.do === 'scan and stop') await stack().restart();
          }
          await stack().apple.endFaults();
          await stack().apple.advance(30 * 60_000);
          await until(
            'what was notified to be worked on',
            () => healthOf(held),
            ({ waiting }) => waiting === 0,
          );
          await scanned(api(), held.tokenId, 'either');

          await scanChanges(held);
          const differing = await stored(held);
          await start(held);
          await scanned(api(), held.tokenId);

          expect(differing).toEqual(await atApple(held));
          expect(await stored(held)).toEqual(await atApple(held));
        }),
        { numRuns: 12, interruptAfterTimeLimit: 40_000, endOnFailure: true },
      );
    });
  },
  { notified: true },
);
