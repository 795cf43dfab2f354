import { expect, test } from 'vitest';
import { type AppleClient, subscriptionTargets, targetOutcomes } from '../src/index.ts';
import { type AppleWorld, appleWorld } from './apple-world.ts';
import { failure } from './builders.ts';

const SOON = { silenceMs: 5, pollMs: 5 };
const PRODUCT = '900000101';

async function withSeats(apple: AppleWorld, seats = 5): Promise<{ client: AppleClient; uId: string }> {
  const { uId, contentToken } = await apple.location('Main Street', 'Orchard School');
  await apple.act('PATCH', '/settings', { eventDelayMs: 0, eventStepMs: 0 });
  const client = apple.client(contentToken);
  await client.enableSubscriptions();
  await apple.act('POST', `/locations/${uId}/subscriptions`, {
    parentAdamId: 900000001,
    adamId: Number(PRODUCT),
    renewing: seats,
  });
  return { client, uId };
}

/** Users with a Managed Apple Account of the organization, which associates them immediately. */
async function people(apple: AppleWorld, client: AppleClient, ...names: string[]): Promise<void> {
  const { locations } = await apple.act<{ locations: { managedDomain: string }[] }>('GET', '/locations');
  const users = names.map((name) => ({ clientUserId: name, managedAppleId: `${name}@${locations[0]?.managedDomain}` }));
  const { eventId } = await client.createUsers({ users });
  expect((await client.followEvent(eventId, SOON)).state).toBe('complete');
}

test('support can be declared, but not withdrawn while there are seats', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { contentToken, uId } = await apple.location();
  const client = apple.client(contentToken);

  const enabled = await client.enableSubscriptions();
  const disabled = await client.disableSubscriptions();
  await client.enableSubscriptions();
  await apple.act('POST', `/locations/${uId}/subscriptions`, { parentAdamId: 1, adamId: 2, renewing: 1 });
  const refused = await failure(client.disableSubscriptions());

  expect([enabled.subscriptionManagement, disabled.subscriptionManagement]).toEqual([true, false]);
  expect(refused).toMatchObject({ errorNumber: 9818, mayHaveArrived: false });
});

test('seats are assigned, counted, administered, and revoked', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { client } = await withSeats(apple);
  await people(apple, client, 'ann', 'bob');
  const request = { adamIds: [PRODUCT], clientUserIds: ['ann', 'bob'] };

  const given = await client.followEvent((await client.associateSubscriptions(request)).eventId, SOON);
  const [held] = (await client.subscriptions()).rows;
  const assignments = await client.subscriptionAssignments({ clientUserId: 'ann' });
  await client.addSubscriptionAdmins({ adamIds: [PRODUCT], clientUserIds: ['ann'] });
  const admins = await client.subscriptionAdmins({ includeUserState: true });
  await client.removeSubscriptionAdmins({ adamIds: [PRODUCT], clientUserIds: ['ann'] });
  const taken = await client.disassociateSubscriptions({ ...request, clientUserIds: ['bob'] });
  await client.followEvent(taken.eventId, SOON);
  const left = await client.subscriptionAssignments();

  expect(targetOutcomes(subscriptionTargets(request), given).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  expect(held).toMatchObject({ adamId: PRODUCT, parentAdamId: '900000001', status: 'ACTIVE' });
  const { assigned, available, total } = held?.counts ?? {};
  expect((assigned?.renewing ?? 0) + (assigned?.expiring ?? 0)).toBe(2);
  expect((available?.renewing ?? 0) + (available?.expiring ?? 0)).toBe(3);
  expect((total?.renewing ?? 0) + (total?.expiring ?? 0)).toBe(5);
  expect(assignments.rows).toMatchObject([{ adamId: PRODUCT, clientUserId: 'ann' }]);
  expect(admins.rows).toMatchObject([{ adamId: PRODUCT, clientUserId: 'ann', userStatus: 'Associated' }]);
  expect((await client.subscriptionAdmins()).rows).toEqual([]);
  expect(left.rows.map(({ clientUserId }) => clientUserId)).toEqual(['ann']);
});

test('many seats are read through cursors', async () => {
  const apple = await appleWorld({ rateLimit: false, pageSize: 3 });
  const { client } = await withSeats(apple, 20);
  const names = Array.from({ length: 10 }, (_, at) => `u${at}`);
  await people(apple, client, ...names);
  const { eventId } = await client.associateSubscriptions({ adamIds: [PRODUCT], clientUserIds: names });
  await client.followEvent(eventId, SOON);

  const { rows, oneVersion } = await client.subscriptionAssignments();

  expect(rows.map(({ clientUserId }) => clientUserId).toSorted()).toEqual(names);
  expect(oneVersion).toBe(true);
});

test('a user without a seat cannot be an administrator', async () => {
  const apple = await appleWorld({ rateLimit: false });
  const { client } = await withSeats(apple);
  await people(apple, client, 'ann');

  const error = await failure(client.addSubscriptionAdmins({ adamIds: [PRODUCT], clientUserIds: ['ann'] }));

  expect(error).toMatchObject({ errorNumber: 9815 });
});
