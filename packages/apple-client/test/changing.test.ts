import { expect, test } from 'vitest';
import { assetTargets, createInbox, createReceiver, planChanges, targetOutcomes, userTargets } from '../src/index.ts';
import { type AppleWorld, appleWorld } from './apple-world.ts';
import { failure } from './builders.ts';
import { listen } from './listen.ts';

async function school(apple: AppleWorld, licenses = 10) {
  const { uId, contentToken } = await apple.location('Main Street', 'Orchard School');
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '361309726', quantity: licenses });
  return { uId, contentToken };
}

/** Fast enough for a test, and still polls until the event has ended. */
const SOON = { silenceMs: 5, pollMs: 5 };

test('assigned licenses are held by devices, and revoked ones are free again', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken } = await school(apple);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
  const client = apple.client(contentToken);
  const request = { assets: [{ adamId: '361309726' }], serialNumbers: ['S1', 'S2', 'S3'] };

  const given = await client.associateAssets(request);
  const end = await client.followEvent(given.eventId, SOON);
  const held = await client.assignments();
  const taken = await client.disassociateAssets({ ...request, serialNumbers: ['S2'] });
  await client.followEvent(taken.eventId, SOON);
  const left = await client.assets();

  expect(end).toMatchObject({ state: 'complete', status: { numRequested: 3, numCompleted: 3 } });
  expect(held.rows.map((row) => row.serialNumber).toSorted()).toEqual(['S1', 'S2', 'S3']);
  expect(left.rows).toMatchObject([{ assignedCount: 2, availableCount: 8 }]);
});

test('when licenses run out, each device knows whether it got one', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken } = await school(apple, 2);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
  const client = apple.client(contentToken);
  const request = { assets: [{ adamId: '361309726' }], serialNumbers: ['S1', 'S2', 'S3'] };

  const { eventId } = await client.associateAssets(request);
  const end = await client.followEvent(eventId, SOON);
  const outcomes = targetOutcomes(assetTargets(request), end);
  const { rows } = await client.assignments();

  expect(end.state).toBe('failed');
  expect(end.failures.map(({ errorNumber }) => errorNumber)).toContain(9709);
  const holders = rows.map((row) => row.serialNumber);
  for (const { target, outcome } of outcomes) {
    if (outcome === 'done') expect(holders).toContain(target.serialNumber);
    if (outcome === 'failed') expect(holders).not.toContain(target.serialNumber);
  }
});

test('a change beyond the limits is refused as a whole, and succeeds in steps', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken } = await school(apple, 100);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0, limits: { maxSerialNumbers: 7 } });
  const client = apple.client(contentToken);
  const serialNumbers = Array.from({ length: 20 }, (_, at) => `S${at}`);
  const change = { assets: [{ adamId: '361309726' }], serialNumbers };

  const refused = await failure(client.associateAssets(change));
  const { limits } = await client.currentServiceConfig();
  const ends = [];
  for await (const { accepted } of client.submit(planChanges({ associate: change }, limits))) {
    ends.push(await client.followEvent(accepted.eventId, SOON));
  }

  expect(refused).toMatchObject({ errorNumber: 9702, mayHaveArrived: false });
  expect(ends.map(({ status }) => status?.numCompleted)).toEqual([7, 7, 6]);
  expect((await client.assignments()).rows).toHaveLength(20);
});

test('one license moves from one device to another in one go', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken } = await school(apple, 1);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
  const client = apple.client(contentToken);
  const assets = [{ adamId: '361309726' }];
  const first = await client.associateAssets({ assets, serialNumbers: ['OLD'] });
  await client.followEvent(first.eventId, SOON);

  const plan = planChanges(
    { associate: { assets, serialNumbers: ['NEW'] }, disassociate: { assets, serialNumbers: ['OLD'] } },
    {},
  );
  const events = [];
  for await (const { accepted } of client.submit(plan)) events.push(accepted.eventId);
  const ends = await Promise.all(events.map((eventId) => client.followEvent(eventId, SOON)));

  expect(ends.map(({ state }) => state)).toEqual(['complete', 'complete']);
  expect((await client.assignments()).rows.map((row) => row.serialNumber)).toEqual(['NEW']);
});

test('steps stop at the first one that is refused', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { uId, contentToken } = await school(apple, 10);
  await apple.act('POST', `/locations/${uId}/purchases`, { adamId: '408709785', productType: 'Book', quantity: 3 });
  const client = apple.client(contentToken);
  const steps = [
    { type: 'ASSOCIATE', request: { assets: [{ adamId: '361309726' }], serialNumbers: ['S1'] } },
    { type: 'ASSOCIATE', request: { assets: [{ adamId: '408709785' }], serialNumbers: ['S1'] } },
    { type: 'ASSOCIATE', request: { assets: [{ adamId: '361309726' }], serialNumbers: ['S2'] } },
  ] as const;
  let accepted = 0;

  const error = await failure(
    (async () => {
      for await (const _step of client.submit(steps)) accepted += 1;
    })(),
  );

  expect(error).toMatchObject({ errorNumber: 9707 });
  expect(accepted).toBe(1);
  expect((await apple.requests()).byPath['POST /mdm/v2/assets/associate']).toBe(2);
});

test('users are created, found with their invitations, and retired', async () => {
  const apple = await appleWorld({ rateLimit: false, pageSize: 2 });
  const { contentToken } = await school(apple);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
  const client = apple.client(contentToken);
  const users = ['u-1', 'u-2', 'u-3'].map((clientUserId) => ({
    clientUserId,
    email: `${clientUserId}@orchard.example`,
  }));

  const created = await client.followEvent((await client.createUsers({ users })).eventId, SOON);
  const { versionId, rows } = await client.users();
  const again = await client.followEvent((await client.createUsers({ users: users.slice(0, 1) })).eventId, SOON);
  await client.followEvent((await client.retireUsers({ users: [{ clientUserId: 'u-2' }] })).eventId, SOON);
  const since = await client.users({ sinceVersionId: versionId });

  expect(created.state).toBe('complete');
  expect(rows.map(({ clientUserId, status }) => [clientUserId, status])).toEqual([
    ['u-1', 'Registered'],
    ['u-2', 'Registered'],
    ['u-3', 'Registered'],
  ]);
  expect(rows[0]?.inviteCode).toEqual(expect.any(String));
  expect(targetOutcomes(userTargets({ users: users.slice(0, 1) }), again)).toMatchObject([
    { outcome: 'failed', failure: { errorNumber: 9716 } },
  ]);
  expect(since.rows).toMatchObject([{ clientUserId: 'u-2', status: 'Retired' }]);
});

test('notifications with the right secret arrive and end the wait without a status call', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken } = await school(apple);
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
  const client = apple.client(contentToken);
  const inbox = createInbox();
  const kinds: string[] = [];
  const receive = createReceiver({
    secrets: ['s3cret'],
    onNotification: (notification) => {
      kinds.push(notification.kind);
      inbox.deliver(notification);
    },
  });
  const notificationUrl = await listen(receive);

  await client.setClientConfig({
    mdmInfo: { id: 'w-1', name: 'Winesap', metadata: '1' },
    notificationUrl,
    notificationAuthToken: 's3cret',
    notificationTypes: ['ASSET_MANAGEMENT', 'ASSET_COUNT'],
  });
  const request = { assets: [{ adamId: '361309726' }], serialNumbers: ['S1', 'S2'] };
  const { eventId } = await client.associateAssets(request);
  const end = await client.followEvent(eventId, { inbox, expected: 2 });

  expect(kinds[0]).toBe('TEST_NOTIFICATION');
  expect(end.state).toBe('complete');
  expect(targetOutcomes(assetTargets(request), end).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect((await apple.requests()).byPath['GET /mdm/v2/status']).toBeUndefined();
});

test('an unreachable receiver makes Apple refuse the whole configuration', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken } = await school(apple);
  const client = apple.client(contentToken);
  const receive = createReceiver({ secrets: ['other'], onNotification: () => undefined });

  const error = await failure(
    client.setClientConfig({
      mdmInfo: { id: 'w-1', name: 'Winesap', metadata: '1' },
      notificationUrl: await listen(receive),
      notificationAuthToken: 's3cret',
      notificationTypes: ['ASSET_MANAGEMENT'],
    }),
  );

  expect(error).toMatchObject({ errorNumber: 9728, mayHaveArrived: false });
  expect((await client.clientConfig()).mdmInfo).toBeNull();
});
