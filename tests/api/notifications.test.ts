import { type Event, type NotificationHealth, routes } from '@winesap/api';
import { assignmentsAtApple, type HeldLocation, holdLocation, refused, scanned, until } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

const some = (max: number) => fc.integer({ min: 0, max });
const actions = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('churn' as const),
      change: fc.record({ assign: some(4), unassign: some(4) }),
    }),
  },
  fc.record({
    do: fc.constant('buy' as const),
    adamId: fc.constantFrom('361309726', '408709785'),
    quantity: fc.integer({ min: 1, max: 5 }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      name: fc.constantFrom(
        'dropped-notification',
        'doubled-notification',
        'late-notification',
        'reordered-notifications',
      ),
    }),
  },
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1000, max: 900_000 }) }),
  fc.record({ do: fc.constant('scan' as const) }),
);

function countsAtApple(assets: Record<string, unknown>[], adamId: string) {
  const asset = assets.find((one) => one.adamId === adamId);
  return { adamId, assigned: asset?.assignedCount, available: asset?.availableCount ?? null };
}

interface AppleConfig {
  notificationUrl?: string;
  notificationAuthToken?: string;
  subscribedNotificationTypes?: string[];
}

forEachStack(
  (stack) => {
    /** Apple's client configuration, as any program with the token reads and writes it. */
    const atApple = async (file: string, change?: object): Promise<AppleConfig> => {
      const response = await fetch(`${stack().appleUrl}/mdm/v2/client/config`, {
        method: change === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${file.trim()}`, 'content-type': 'application/json' },
        ...(change === undefined ? {} : { body: JSON.stringify(change) }),
      });
      expect(response.status).toBe(200);
      return (await response.json()) as AppleConfig;
    };
    const health = (tokenId: string) => stack().owner.api.call(routes.getNotificationHealth, { params: { tokenId } });
    const healthy = (
      tokenId: string,
      isWanted: (seen: NotificationHealth) => boolean = ({ state }) => state === 'set',
    ) => until('the notifications to stand so', () => health(tokenId), isWanted);
    const inbox = async (tokenId: string) =>
      (await stack().owner.api.call(routes.listNotifications, { params: { tokenId } })).notifications;
    const events = async (tokenId: string): Promise<Event[]> =>
      (await stack().owner.api.call(routes.listEvents, { query: { tokenId } })).events;
    const notified = async (): Promise<HeldLocation> => {
      const held = await holdLocation(stack());
      await healthy(held.tokenId);
      return held;
    };
    const holdersHere = async (uId: string): Promise<string[]> => {
      const { api } = stack().owner;
      const { assets } = await api.call(routes.listLocationAssets, { params: { uId } });
      const rows: string[] = [];
      for (const { adamId, pricingParam } of assets) {
        const params = { uId, adamId, pricingParam };
        const { holders, nextCursor } = await api.call(routes.listHolders, { params, query: { limit: '500' } });
        expect(nextCursor).toBeNull();
        rows.push(...holders.map(({ holder }) => `${adamId} ${holder}`));
      }
      return rows.sort();
    };
    const post = async (url: string, secret: string, body: string) =>
      fetch(url, { method: 'POST', headers: { authorization: `Bearer ${secret}` }, body });

    test('managing a location makes Apple notify it, and a purchase arrives and is processed', async () => {
      const { apple } = stack();
      const held = await notified();

      await apple.buy(held.location.uId, { adamId: '361309726', quantity: 7 });
      const arrived = await until(
        'the purchase to be worked on',
        () => inbox(held.tokenId),
        (list) => list.some(({ type, state }) => type === 'ASSET_COUNT' && state === 'done'),
      );

      expect(arrived.map(({ type }) => type)).toEqual(['ASSET_COUNT', 'TEST_NOTIFICATION']);
      const { notifications } = await apple.state(held.location.uId);
      expect(notifications.url).toMatch(new RegExp(`^${stack().url}/hooks/apple/[\\w-]{22}$`));
      expect(notifications.types).toEqual(
        expect.arrayContaining(['ASSET_COUNT', 'ASSET_MANAGEMENT', 'UNLIMITED_ASSET']),
      );
      expect(await health(held.tokenId)).toMatchObject({ state: 'set', shown: 'ours', missingTypes: [], waiting: 0 });
      expect((await events(held.tokenId)).map(({ code }) => code)).toContain('notifications.set');
    });

    test('a purchase notified half an hour after it was read is not counted twice', async () => {
      const { apple, owner, withDatabase } = stack();
      const held = await notified();
      const { uId } = held.location;
      await apple.fault({ name: 'late-notification', delayMs: 3_600_000, uId });
      await apple.buy(uId, { adamId: '361309726', quantity: 7 });
      await owner.api.call(routes.scanToken, { params: { tokenId: held.tokenId } });
      await scanned(owner.api, held.tokenId);
      const total = async () => {
        const { assets } = await owner.api.call(routes.listLocationAssets, { params: { uId } });
        return assets.find(({ adamId }) => adamId === '361309726')?.total;
      };
      const read = await total();
      await withDatabase(({ db }) =>
        sql`update assets set read_at = read_at - interval '30 minutes' where location_uid = ${uId}`.execute(db),
      );

      await apple.advance(3_600_000);
      await until(
        'the purchase to be worked on',
        () => inbox(held.tokenId),
        (list) => list.some(({ type, state }) => type === 'ASSET_COUNT' && state === 'done'),
      );

      expect(read).toBeGreaterThanOrEqual(7);
      expect(await total()).toBe(read);
    });

    /** Releases the first license that a device holds. */
    async function releaseOne(held: HeldLocation) {
      const { api } = stack().owner;
      const { uId } = held.location;
      const { assets } = await api.call(routes.listLocationAssets, {
        params: { uId },
        query: { sort: 'assigned', order: 'desc' },
      });
      const { adamId = '', pricingParam = '' } = assets[0] ?? {};
      const params = { uId, adamId, pricingParam };
      const { holders } = await api.call(routes.listHolders, { params });
      const holder = holders[0]?.holder ?? '';
      await stack().apple.forgetRequests();

      const body = { kind: 'device', holder, confirm: holder } as const;
      const { id } = await api.call(routes.requestRelease, { params, body });
      const ended = await until(
        'the release to end',
        () => api.call(routes.getRelease, { params: { releaseId: id } }),
        ({ state }) => state === 'done' || state === 'failed',
      );
      return { params, ended };
    }

    test('a release that a notification reports as failed is checked, and fails if it is still assigned', async () => {
      const { apple } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 1, devices: 3, assignmentsPerDevice: 1 } });
      await healthy(held.tokenId);
      await apple.fault({ name: 'event-fails', times: 1, errorNumber: 9644, share: 1 });

      const { ended } = await releaseOne(held);

      expect(ended).toMatchObject({
        state: 'failed',
        failure: { code: 'release.refused', apple: { errorNumber: 9644 } },
      });
      const { byPath } = await apple.requests();
      // Once for the notification; on a busy machine, the next poll may be due as well.
      expect(byPath['GET /mdm/v2/assignments']).toBeGreaterThan(0);
    });

    test('a release ends with its notification, without asking Apple', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 1, devices: 3, assignmentsPerDevice: 1 } });
      await healthy(held.tokenId);

      const { params, ended: done } = await releaseOne(held);

      expect(done).toMatchObject({ state: 'done', failure: null });
      expect((await apple.requests()).byPath['GET /mdm/v2/status']).toBeUndefined();
      const { asset } = await owner.api.call(routes.getAsset, { params });
      expect(asset.assigned).toBe(2);
    });

    test('licenses that another server assigns appear immediately, and the log has one line', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 40, assignmentsPerDevice: 2 } });
      await healthy(held.tokenId);
      const { uId } = held.location;
      await apple.forgetRequests();

      await apple.churn(uId, { assign: 5, unassign: 12, notify: true });
      const list = await until(
        'the counts to be those at Apple',
        () => owner.api.call(routes.listLocationAssets, { params: { uId } }),
        ({ assets }) => assets.reduce((sum, { assigned }) => sum + (assigned ?? 0), 0) === 80 + 5 - 12,
      );

      const state = await apple.state(uId);
      for (const { adamId, assigned, available } of list.assets)
        expect({ adamId, assigned, available }).toEqual(countsAtApple(state.assets, adamId));
      const told = await until(
        'the log to tell',
        () => events(held.tokenId),
        (seen) => seen.some(({ code }) => code === 'notifications.changed'),
      );
      const lines = told.filter(({ code }) => code === 'notifications.changed').map(({ text }) => text);
      expect(lines).toEqual([expect.stringMatching(/^Apple notified: .*given back/)]);
      expect((await apple.requests()).byLocation[uId]?.total ?? 0).toBe(0);
    });

    test('a wrong secret is refused and logged once', async () => {
      const held = await notified();
      const { notificationUrl = '' } = await atApple(held.file);

      const answers = await Promise.all(Array.from({ length: 5 }, () => post(notificationUrl, 'guessed', '{}')));

      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
      expect((await inbox(held.tokenId)).map(({ type }) => type)).toEqual(['TEST_NOTIFICATION']);
      await until(
        'the log to tell',
        () => events(held.tokenId),
        (list) => list.filter(({ code }) => code === 'notifications.wrong-secret').length === 1,
      );
    });

    test('a flood of wrong secrets is throttled, and Apple still gets through', async () => {
      const held = await notified();
      const { notificationUrl = '', notificationAuthToken = '' } = await atApple(held.file);

      const answers = await Promise.all(Array.from({ length: 60 }, () => post(notificationUrl, 'guessed', '{}')));
      const fromApple = await post(notificationUrl, notificationAuthToken, '{"notificationType":"TEST_NOTIFICATION"}');

      const refusedNow = answers.filter(({ status }) => status === 429);
      expect(refusedNow.length).toBeGreaterThan(20);
      expect(Number(refusedNow[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(fromApple.status).toBe(200);
    });

    test('notifications acknowledged before a stop are processed after the restart', async () => {
      const held = await notified();
      const { notificationUrl = '', notificationAuthToken = '' } = await atApple(held.file);
      const bodies = Array.from(
        { length: 20 },
        (_, at) => `{"notificationType":"TOMORROW","notificationId":"t-${at}"}`,
      );

      const answers = await Promise.all(bodies.map((body) => post(notificationUrl, notificationAuthToken, body)));
      await stack().restart();

      expect(answers.every(({ status }) => status === 200)).toBe(true);
      await until(
        'all to be worked on',
        () => inbox(held.tokenId),
        (list) => list.filter(({ type, state }) => type === 'TOMORROW' && state === 'done').length === 20,
      );
    });

    test('an unknown address is not found', async () => {
      const answer = await post(`${stack().url}/hooks/apple/made-up-by-somebody-000`, 'guessed', '{}');

      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'hook.not-found' });
    });

    test('repeats from Apple are stored once', async () => {
      const held = await notified();
      const { notificationUrl = '', notificationAuthToken = '' } = await atApple(held.file);
      const body = JSON.stringify({ notificationId: 'one-and-the-same', notificationType: 'TEST_NOTIFICATION' });

      const first = await post(notificationUrl, notificationAuthToken, body);
      const second = await post(notificationUrl, notificationAuthToken, body);

      expect([first.status, second.status]).toEqual([200, 200]);
      const kept = (await inbox(held.tokenId)).filter(({ notificationId }) => notificationId === 'one-and-the-same');
      expect(kept).toHaveLength(1);
    });

    test('an unreadable notification is stored and marked as such', async () => {
      const held = await notified();
      const { notificationUrl = '', notificationAuthToken = '' } = await atApple(held.file);

      const answers = await Promise.all(
        ['{"notificationId":', 'plain \0 text', '', '{"notificationType":"TOMORROW","notificationId":"t-1"}'].map(
          (body) => post(notificationUrl, notificationAuthToken, body),
        ),
      );

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const kept = await until(
        'all to be worked on',
        () => inbox(held.tokenId),
        (list) => list.length === 5 && list.every(({ state }) => state === 'done'),
      );
      expect(kept.filter(({ text }) => text === 'Kept. It could not be read.')).toHaveLength(3);
      expect(kept.find(({ type }) => type === 'TOMORROW')?.text).toBe('Kept. Nobody knows this kind yet.');
      const { body } = await stack().owner.api.call(routes.getNotification, {
        params: {
          tokenId: held.tokenId,
          notificationId: kept.find(({ text }) => text.includes('could not'))?.id ?? '',
        },
      });
      expect(['{"notificationId":', 'plain \uFFFD text', '']).toContain(body);
    });

    test('the inbox as CSV has the lines of the list, optionally of one state, without bodies', async () => {
      const { api } = stack().owner;
      const held = await notified();
      const { notificationUrl = '', notificationAuthToken = '' } = await atApple(held.file);
      const body =
        '{"notificationType":"TOMORROW","notificationId":"t-9","notification":{"who":"anne@orchard.example"}}';
      await post(notificationUrl, notificationAuthToken, body);
      const listed = await until(
        'all to be worked on',
        () => inbox(held.tokenId),
        (list) => list.length === 2 && list.every(({ state }) => state === 'done'),
      );

      const exported = async (query: { state?: 'failed'; type?: string }) => {
        const answer = await api.open(routes.exportNotifications, { params: { tokenId: held.tokenId }, query });
        expect(answer.headers.get('content-disposition')).toContain('notifications.csv');
        return (await answer.text()).trim().split('\n');
      };
      const [head, ...lines] = await exported({});

      expect(head).toBe('receivedAt,state,type,text,failure,processedAt,notificationId');
      expect(lines).toEqual(
        listed.map(({ receivedAt, type, text, processedAt, notificationId }) =>
          [receivedAt, 'done', type, text, '', processedAt, notificationId].join(),
        ),
      );
      expect(lines.join()).not.toContain('anne');
      expect(await exported({ type: 'TOMORROW' })).toHaveLength(2);
      expect(await exported({ state: 'failed' })).toEqual([head]);
    });

    test('a configuration changed by another system is found by the next check, logged once, and set again', async () => {
      const held = await notified();
      const before = await atApple(held.file);
      const { url: receiver } = stack();
      const check = () => stack().owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });

      await atApple(held.file, { notificationTypes: ['ASSET_COUNT'] });
      await check();
      await healthy(held.tokenId, ({ missingTypes, state }) => state === 'set' && missingTypes.length === 0);
      const restored = await atApple(held.file);
      await atApple(held.file, { notificationUrl: '', notificationAuthToken: '' });
      await check();
      await until(
        'our address to be back',
        () => atApple(held.file),
        ({ notificationUrl }) => notificationUrl === before.notificationUrl,
      );

      expect(restored.subscribedNotificationTypes?.toSorted()).toEqual(before.subscribedNotificationTypes?.toSorted());
      expect(before.notificationUrl?.startsWith(receiver)).toBe(true);
      const drifts = (await events(held.tokenId)).filter(({ code }) => code === 'notifications.drifted');
      expect(drifts.map(({ text }) => text)).toEqual([
        expect.stringContaining('the address is gone'),
        expect.stringContaining('it would send none'),
      ]);
    });

    test('a manually changed secret is valid before Apple has it, and the old one is not afterwards', async () => {
      const held = await notified();
      const before = await atApple(held.file);
      const { notificationUrl = '', notificationAuthToken: old = '' } = before;

      await stack().owner.api.call(routes.rotateNotificationSecret, { params: { tokenId: held.tokenId } });
      const after = await until(
        'Apple to have a new secret',
        () => atApple(held.file),
        ({ notificationAuthToken }) => notificationAuthToken !== old,
      );
      await healthy(held.tokenId, ({ secretChanging }) => !secretChanging);
      const fresh = await post(notificationUrl, after.notificationAuthToken ?? '', '{"notificationType":"X"}');

      expect(fresh.status).toBe(200);
      expect(after.notificationUrl).toBe(notificationUrl);
      await until(
        'the old secret to be good no more',
        async () => (await post(notificationUrl, old, '{"notificationType":"Y"}')).status,
        (status) => status === 401 || status === 429,
        { withinMs: 20_000, everyMs: 500 },
      );
    });

    test('switching to watch, or removing the token, makes Apple stop, as announced beforehand', async () => {
      const { api } = stack().owner;
      const [watched, removed] = [await notified(), await notified()];

      const preview = await api.call(routes.previewRemoval, { params: { tokenId: removed.tokenId } });
      await api.call(routes.changeMode, { params: { tokenId: watched.tokenId }, body: { mode: 'watch' } });
      await api.call(routes.removeToken, {
        params: { tokenId: removed.tokenId },
        body: { locationName: removed.location.locationName, releaseClaim: false },
      });

      expect(preview.will).toContain('ask Apple not to notify Winesap of this location any more.');
      for (const { location } of [watched, removed])
        expect((await stack().apple.state(location.uId)).notifications).toEqual({ url: null, types: [] });
      expect((await stack().apple.state(watched.location.uId)).claim).toMatchObject({ name: 'Winesap' });
      expect((await events(watched.tokenId)).map(({ code }) => code)).toContain('notifications.released');
      expect((await events(removed.tokenId))[0]?.text).toContain('does not notify Winesap of it any more');
    });

    test("an address that Apple can't reach is explained once, with the next step", async () => {
      const { owner, apple } = stack();
      const held = await notified();
      await apple.settings({ notificationTimeoutMs: 1 });
      await atApple(held.file, { notificationTypes: ['ASSET_COUNT'] });

      await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
      const seen = await healthy(held.tokenId, ({ state }) => state === 'refused');
      await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
      await apple.settings({ notificationTimeoutMs: 5000 });

      expect(seen).toMatchObject({ apple: { errorNumber: 9728 }, nextStep: expect.stringContaining('reachable') });
      const told = (await events(held.tokenId)).filter(({ code }) => code === 'notifications.refused');
      expect(told.map(({ level }) => level)).toEqual(['warning']);

      // As if the minute until Winesap's retry had passed.
      expect(Date.parse(seen.nextTryAt ?? '') - Date.now()).toBeLessThan(61_000);
      await stack().withDatabase(async ({ db }) => {
        const due = await sql`update jobs.job set start_after = now() where name = 'hook' and state = 'created'
          and singleton_key like ${`${held.tokenId} %`}`.execute(db);
        expect(due.numAffectedRows).toBe(1n);
      });
      await healthy(held.tokenId, ({ state, nextTryAt }) => state === 'set' && nextTryAt === null);
    });

    test('after any mixture of changes and of notifications lost, doubled, late, and reordered, a scan agrees with Apple', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 30, assignmentsPerDevice: 2 } });
      await healthy(held.tokenId);
      const { uId } = held.location;
      const counts = async () => {
        const { assets } = await owner.api.call(routes.listLocationAssets, { params: { uId } });
        for (const { assigned, available, total } of assets) {
          expect(assigned).toBeGreaterThanOrEqual(0);
          expect(available ?? 0).toBeGreaterThanOrEqual(0);
          expect(total ?? 0).toBeGreaterThanOrEqual(0);
        }
        return assets;
      };

      await fc.assert(
        fc.asyncProperty(fc.array(actions, { minLength: 3, maxLength: 8 }), async (list) => {
          for (const action of list) {
            if (action.do === 'churn') await apple.churn(uId, { ...action.change, notify: true });
            if (action.do === 'buy') await apple.buy(uId, { adamId: action.adamId, quantity: action.quantity });
            if (action.do === 'fault') await apple.fault({ name: action.name, uId, times: 1 });
            if (action.do === 'advance') await apple.advance(action.ms);
            if (action.do === 'scan') await owner.api.call(routes.scanToken, { params: { tokenId: held.tokenId } });
            await counts();
          }
          await apple.endFaults();
          await apple.advance(30 * 60_000);
          await healthy(held.tokenId, ({ waiting }) => waiting === 0);
          await scanned(owner.api, held.tokenId);
          await owner.api.call(routes.scanToken, { params: { tokenId: held.tokenId } });
          await scanned(owner.api, held.tokenId);

          const state = await apple.state(uId);
          for (const { adamId, assigned, available } of await counts())
            expect({ adamId, assigned, available }).toEqual(countsAtApple(state.assets, adamId));
          expect(await holdersHere(uId)).toEqual(await assignmentsAtApple(stack().appleUrl, held.file));
        }),
        { numRuns: 6 },
      );
    });

    test('a watched location is never configured', async () => {
      const held = await holdLocation(stack(), { mode: 'watch' });

      const problem = await refused(
        stack().owner.api.call(routes.rotateNotificationSecret, { params: { tokenId: held.tokenId } }),
      );

      expect(problem).toMatchObject({ code: 'notifications.not-set', status: 409 });
      expect(await health(held.tokenId)).toMatchObject({ state: 'not-managed', url: null });
      expect((await stack().apple.state(held.location.uId)).notifications).toEqual({ url: null, types: [] });
    });
  },
  { notified: true },
);
