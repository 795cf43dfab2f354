import { HOUR_MS } from '@winesap/core';
import { heldUsers } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { readUserPage } from '../../src/store/users/reads/users.ts';
import { type Held, useWorld } from './world.ts';

const world = useWorld();
const BOOK = '900000901';
const APP = '361309726';
const DAY_AND_MORE = 25 * HOUR_MS;
const person = (name: string) => ({ clientUserId: name, email: `${name}@orchard.example` });
const list = ({ location }: Held) => readUserPage(world().database.db, location.uId, {}, { limit: 100 });
const lines = async (held: Held) =>
  (await list(held)).users.map(({ clientUserId, status, email, licenses }) =>
    [clientUserId, status, email ?? '-', licenses].join(' '),
  );
const lastScan = async (held: Held) => (await world().events(held)).find(({ code }) => code === 'scan.succeeded');
const fault = (held: Held, name: string, more: object = {}) =>
  world().apple.fault({ name, path: '/mdm/v2/users', uId: held.location.uId, ...more });

/** A location whose users are read, with an empty log of requests to Apple. */
async function located(...names: string[]): Promise<Held> {
  const held = await world().hold();
  if (names.length > 0) {
    await world()
      .usersOf(held)
      .create(...names.map(person));
    await world().scanWhole(held);
  }
  await world().apple.forgetRequests();
  return held;
}

test('a scan reads the users of a location, and the list shows what they hold', async () => {
  const held = await world().hold();
  const apple = world().usersOf(held);
  await apple.create(person('ben'), { ...person('anna'), managedAppleId: `a@${held.location.managedDomain}` });
  await apple.assign(APP, 'anna');
  await apple.assign(BOOK, 'anna', 'ben');

  const token = await world().scanWhole(held);

  expect(await lines(held)).toEqual(['anna Associated anna@orchard.example 2', 'ben Registered ben@orchard.example 1']);
  expect(await list(held)).toMatchObject({
    total: 2,
    byStatus: [
      { status: 'Associated', users: 1 },
      { status: 'Registered', users: 1 },
    ],
  });
  expect(token.scan).toMatchObject({ kind: 'full', users: { done: 2, total: 2 } });
  expect((await lastScan(held))?.text).toMatch(/ 3 assets, 3 assignments, 2 users\.$/);
});

test('an unchanged location takes two requests, and one more a day for users', async () => {
  const held = await located('anna', 'ben');

  await world().scan(held);
  const soon = await world().asked();
  await world().pass(DAY_AND_MORE);
  await world().apple.forgetRequests();
  const token = await world().scan(held);

  expect(soon).toEqual(['assets', 'assignments since']);
  expect(await world().asked()).toEqual(['client/config', 'assets', 'assignments since', 'users since']);
  expect(token.scan).toMatchObject({ kind: 'changes', users: { done: 2, total: 2 } });
  expect((await lastScan(held))?.text).toMatch(/: Nothing changed\. /);
});

test('a difference includes users created, changed, and retired, and the event counts them', async () => {
  const held = await located('anna', 'ben', 'carl');
  const apple = world().usersOf(held);
  await apple.create(person('dora'), person('emil'), person('fred'));
  await apple.update({ clientUserId: 'anna', email: 'new@orchard.example' });
  await apple.retire('ben');
  await world().pass(DAY_AND_MORE);

  const token = await world().scan(held);

  expect(await lines(held)).toEqual([
    'anna Registered new@orchard.example 0',
    'ben Retired ben@orchard.example 0',
    'carl Registered carl@orchard.example 0',
    'dora Registered dora@orchard.example 0',
    'emil Registered emil@orchard.example 0',
    'fred Registered fred@orchard.example 0',
  ]);
  expect(token.scan).toMatchObject({
    kind: 'changes',
    changes: { usersRegistered: 3, usersRetired: 1, usersChanged: 1, usersGone: 0 },
  });
  const event = await lastScan(held);
  expect(event?.text).toContain(': 3 users registered, 1 retired, 1 changed. ');
  expect(JSON.stringify(event)).not.toContain('orchard.example');
});

test('changed users are found by the next difference after an answer that left them out', async () => {
  const held = await located('anna', 'ben');
  // Another full scan that finds nothing, so that the next one is days away.
  await world().scanWhole(held);
  await world().usersOf(held).create(person('carl'));
  await world().usersOf(held).retire('ben');
  await world().pass(DAY_AND_MORE);
  await fault(held, 'empty-users', { times: 1 });

  await world().scan(held);
  await world().pass(DAY_AND_MORE);
  const token = await world().scan(held);

  expect(token.scan).toMatchObject({ kind: 'changes', changes: { usersRegistered: 1, usersRetired: 1 } });
  expect((await list(held)).total).toBe(3);
});

test('a license for an unknown user causes the users to be read, one for a known user does not', async () => {
  const held = await located('anna');
  await world().usersOf(held).create(person('ben'));
  await world().usersOf(held).assign(APP, 'ben');
  await world().apple.forgetRequests();

  await world().scan(held);
  const forSomebodyNew = await world().asked();
  await world().usersOf(held).assign(APP, 'anna');
  await world().apple.forgetRequests();
  await world().scan(held);

  expect(forSomebodyNew).toContain('users since');
  expect(await world().asked()).not.toContain('users since');
  expect(await lines(held)).toEqual(['anna Registered anna@orchard.example 1', 'ben Registered ben@orchard.example 1']);
});

test('a version that Apple no longer knows causes all users to be read', async () => {
  const held = await located('anna', 'ben');
  await world().usersOf(held).retire('ben');
  await world().pass(DAY_AND_MORE);
  await fault(held, 'stale-version', { times: 1 });

  const token = await world().scan(held);

  expect(await world().asked()).toContain('users');
  expect(token.scan).toMatchObject({ kind: 'changes', changes: { usersRetired: 1, usersRegistered: 0 } });
  expect(await lines(held)).toEqual(['anna Registered anna@orchard.example 0', 'ben Retired ben@orchard.example 0']);
});

test('an unexpected answer without users is requested again before anything is concluded', async () => {
  const held = await located('anna', 'ben');
  await world().scan(held);
  await world().apple.forgetRequests();
  await fault(held, 'empty-users', { times: 1 });

  const token = await world().scanWhole(held);

  expect((await world().asked()).filter((one) => one === 'users')).toHaveLength(2);
  expect(token.scan?.changes).toMatchObject({ usersGone: 0, usersRegistered: 0 });
  expect((await list(held)).total).toBe(2);
});

test('a confirmed answer without users is stored with a warning, and fixed by the next full scan', async () => {
  const held = await located('anna', 'ben');
  await fault(held, 'empty-users');

  const doubtful = await world().scanWhole(held);
  const meanwhile = await list(held);
  const empty = await world().scan(held);
  const warning = await lastScan(held);
  await world().apple.endFaults();
  const healed = await world().scanWhole(held);

  expect(doubtful.scan).toMatchObject({
    state: 'doubtful',
    discrepancy: { about: 'users', listed: 0, counted: 2 },
  });
  expect(meanwhile.total).toBe(2);
  expect(empty.scan).toMatchObject({ state: 'succeeded', changes: { usersGone: 2 } });
  expect(warning).toMatchObject({ level: 'warning' });
  expect(warning?.text).toMatch(/speaks against that\. 2 users gone\. /);
  expect(healed.scan?.state).toBe('succeeded');
  expect((await list(held)).total).toBe(2);
});

test('a new user missing from a list that contradicts itself appears with the next scan', async () => {
  const held = await located('anna', 'ben');
  await world().apple.settings({ pageSize: 2 });
  await world().usersOf(held).create(person('carl'));
  await fault(held, 'repeated-page', { index: 'own', page: 'last' });

  await world().scanWhole(held);
  const meanwhile = await list(held);
  await world().apple.endFaults();
  await world().scan(held);
  await world().apple.settings({ pageSize: 1000 });

  expect(meanwhile.total).toBe(2);
  expect((await list(held)).total).toBe(3);
});

test('a first list that lacks holders shows no users, and the next scan shows all of a complete one', async () => {
  await world().apple.fault({ name: 'short-list', path: '/mdm/v2/users', rows: 3 });
  const held = await world().hold({
    fleet: { assets: 3, devices: 2, assignmentsPerDevice: 1, users: 8 },
    purchases: [{ adamId: BOOK, quantity: 50, productType: 'Book' }],
  });

  const torn = await world().token(held);
  const meanwhile = await list(held);
  await world().apple.endFaults();
  const whole = await world().scan(held);

  expect(torn.scan).toMatchObject({ state: 'doubtful', discrepancy: { about: 'users', listed: 5, counted: 8 } });
  expect(meanwhile).toMatchObject({ readAt: null, total: 0 });
  expect(whole.scan).toMatchObject({ kind: 'full', changes: { usersRegistered: 0, usersRetired: 0 } });
  expect(await list(held)).toMatchObject({ readAt: expect.any(String), total: 8 });
});

test('a token that may not read users still reads licenses, and the event says why there are no users', async () => {
  const held = await located('ann');
  await fault(held, 'unknown-error-number', { errorNumber: 9647, status: 403 });
  await world().apple.churn(held.location.uId, { assign: 1 });
  await world().pass(DAY_AND_MORE);

  const token = await world().scan(held);

  expect(token.health.state).toBe('healthy');
  expect(token.scan?.changes?.assigned).toBe(1);
  expect(await lines(held)).toEqual(['ann Registered ann@orchard.example 0']);
  expect(await lastScan(held)).toMatchObject({
    text: expect.stringContaining('Users were not read: Apple does not let this token read them.'),
    apple: { errorNumber: 9647 },
  });
});

test('a scan that fails among the users shows none of what it read, and the next one shows all', async () => {
  const held = await located(...Array.from({ length: 30 }, (_, n) => `u${n}`));
  await world().usersOf(held).retire('u1', 'u2');
  await world().usersOf(held).create(person('v'));
  await world().apple.settings({ pageSize: 10 });
  const before = await lines(held);
  await fault(held, 'terms');
  await world().pass(DAY_AND_MORE);

  const failed = await world().scan(held);
  const meanwhile = await lines(held);
  await world().apple.endFaults();
  const token = await world().scanWhole(held);
  await world().apple.settings({ pageSize: 1000 });

  expect(failed.scan?.state).toBe('failed');
  expect(meanwhile).toEqual(before);
  expect(token.scan?.state).toBe('succeeded');
  const stored = await heldUsers(world().database, held.location.uId);
  const atApple = (await world().usersOf(held).list()).map(
    ({ clientUserId, status, email }) => `${clientUserId} ${status} ${email}`,
  );
  expect(stored).toEqual(atApple.sort());
  expect(stored.filter((line) => line.includes('Retired'))).toHaveLength(2);
});
