import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ControlClient, controlClient, SimulatorRefusal } from '../src/control.ts';
import { controlRoutes } from '../src/http/control/control-routes.ts';
import { type Simulator, startSimulator } from '../src/index.ts';

let simulator: Simulator;
let control: ControlClient;
beforeAll(async () => {
  simulator = await startSimulator({ clock: 'virtual', pageSize: 7, now: Date.parse('2026-11-01T08:00:00Z') });
  control = controlClient(simulator.control);
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => simulator.close());

const post = (path: string, token: string, body: object) =>
  fetch(`${simulator.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('has a method for every route, and each does what it says', async () => {
  const asked = vi.spyOn(globalThis, 'fetch');
  const { uId, managedDomain } = await control.addLocation({ orgName: 'Lakeside', locationName: 'PS01' });
  const { uId: other } = await control.addLocation({ orgName: 'Lakeside', locationName: 'PS02' });
  const token = await control.downloadToken(uId, { expiresAt: new Date('2027-01-01T00:00:00Z') });

  await post('/mdm/v2/subscriptions/enable', token, {});

  expect(await control.token(uId)).toBe(token);
  expect(await control.renameLocation(uId, { locationName: 'PS 1' })).toMatchObject({ locationName: 'PS 1' });
  expect(await control.buy(uId, { adamId: '900000001', quantity: 10 })).toMatchObject({ availableCount: 10 });
  expect(await control.transfer(uId, { to: other, adamId: '900000001', quantity: 2 })).toEqual({ transferred: 2 });
  expect(await control.setSeats(uId, { adamId: 900000101, renewing: 3 })).toMatchObject({ adamId: 900000101 });
  expect(await control.fill(uId, { assets: 1, devices: 2, assignmentsPerDevice: 1 })).toMatchObject({ users: 0 });
  expect(await control.churn(uId, { assign: 1 })).toEqual({ assigned: 1, unassigned: 0 });
  expect(await control.claim(uId, { id: '1', name: 'Other', metadata: '' })).toMatchObject({
    claim: { name: 'Other' },
  });
  const created = await post('/mdm/v2/users/create', token, { users: [{ clientUserId: 'u-1' }] });
  const { eventId } = (await created.json()) as { eventId: string };
  await control.advance(5000);
  expect(await control.event(eventId)).toMatchObject({ status: 'COMPLETE', tasks: [{ clientUserId: 'u-1' }] });
  const users = await fetch(`${simulator.url}/mdm/v2/users`, { headers: { authorization: `Bearer ${token}` } });
  const { inviteCode = '' } = ((await users.json()) as { users: { inviteCode?: string }[] }).users[0] ?? {};
  expect(await control.acceptInvitation(uId, inviteCode, 'ada@home.example')).toMatchObject({ status: 'Associated' });
  expect((await control.rows(uId)).users).toMatchObject([{ clientUserId: 'u-1', status: 'Associated' }]);
  expect(await control.state(uId)).toMatchObject({ assignments: 3, users: { total: 1, active: 1 } });
  expect(await control.setRole(`content@${managedDomain}`, 'read-only')).toMatchObject({ role: 'read-only' });
  expect(await control.resetPassword(`content@${managedDomain}`)).toEqual({ revoked: 1 });
  const id = await control.addFault('slow', { delayMs: 1, times: 1 });
  expect((await control.faults()).active).toMatchObject([{ id, name: 'slow', times: 1 }]);
  await control.removeFault(id);
  await control.clearFaults();
  expect((await control.requests()).byPath['POST /mdm/v2/users/create']).toBe(1);
  await control.clearRequests();
  expect(await control.notifications()).toEqual([]);
  expect((await control.changeSettings({ unknowns: { reassociate: 'failure' } })).unknowns.reassociate).toBe('failure');
  expect((await control.settings()).pageSize).toBe(7);
  expect((await control.catalog()).length).toBeGreaterThan(10);
  expect((await control.setClock(new Date('2026-12-01T00:00:00Z'))).now).toBe((await control.clock()).now);
  await control.deleteLocation(other);
  expect((await control.locations()).map((row) => row.uId)).toEqual([uId]);
  expect(await control.health()).toEqual({ status: 'ok', locations: 1 });
  expect(await control.reset()).toEqual({ locations: 0 });

  const calls = asked.mock.calls
    .filter(([url]) => String(url).startsWith(simulator.control))
    .map(([url, init]) => `${init?.method} ${String(url).slice(simulator.control.length)}`);
  const unused = Object.keys(controlRoutes).filter((route) => !calls.some((call) => patternOf(route).test(call)));
  expect(unused).toEqual([]);
});

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`);
}

test('a refusal has the sentence and the status', async () => {
  const refused = await control.deleteLocation('9').catch((error: unknown) => error);

  expect(refused).toBeInstanceOf(SimulatorRefusal);
  expect(refused).toMatchObject({ status: 404, message: 'there is no location 9' });
});

describe('a reset', () => {
  test('leaves nothing of the world, its clock, settings, faults, and counts', async () => {
    const { uId } = await control.addLocation({ orgName: 'Lakeside', locationName: 'PS01' });
    const token = await control.downloadToken(uId);
    await control.changeSettings({ pageSize: 3, unknowns: { unknownPath: 501 } });
    await control.addFault('busy');
    await control.advance(1000);

    await control.reset();
    const { now } = await control.clock();
    const answer = await fetch(`${simulator.url}/mdm/v2/assets`, { headers: { authorization: `Bearer ${token}` } });

    expect(await control.locations()).toEqual([]);
    expect(await control.settings()).toMatchObject({ pageSize: 7, unknowns: { unknownPath: 404 } });
    expect((await control.faults()).active).toEqual([]);
    expect(now).toBe('2026-11-01T08:00:00.000Z');
    expect(await answer.json()).toMatchObject({ errorNumber: 9622 });
    expect((await control.requests()).total).toBe(1);
  });

  test('starts with a scenario where one is named, and refuses an unknown one', async () => {
    expect(await control.reset('token-lifecycle')).toEqual({ locations: 5 });
    expect(await control.reset()).toEqual({ locations: 0 });
    await expect(control.reset('none')).rejects.toThrow(/scenario is one of/);
  });
});

describe('a location that was deleted', () => {
  test.each([[9625], [9622]] as const)('answers its tokens with %d', async (tokensOfDeletedLocation) => {
    await control.changeSettings({ unknowns: { tokensOfDeletedLocation } });
    const { uId } = await control.addLocation({ orgName: 'Lakeside', locationName: 'PS01' });
    const token = await control.downloadToken(uId);

    await control.deleteLocation(uId);
    const next = await control.addLocation({ orgName: 'Lakeside', locationName: 'PS01' });
    const answer = await fetch(`${simulator.url}/mdm/v2/assets`, { headers: { authorization: `Bearer ${token}` } });
    await control.reset();

    expect(await answer.json()).toMatchObject({ errorNumber: tokensOfDeletedLocation });
    expect(next.uId).not.toBe(uId);
  });
});

test('the same seed makes the same ids and tokens, another seed others', async () => {
  const worldOf = async (seed: string) => {
    const one = await startSimulator({ clock: 'virtual', now: Date.parse('2026-11-01T08:00:00Z'), seed });
    const ask = controlClient(one.control);
    const { uId } = await ask.addLocation({ orgName: 'Lakeside', locationName: 'PS01' });
    const token = await ask.downloadToken(uId);
    const created = await fetch(`${one.url}/mdm/v2/users/create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ users: [{ clientUserId: 'u-1' }] }),
    });
    const { versions } = await ask.state(uId);
    const { eventId } = (await created.json()) as { eventId: string };
    await one.close();
    return { token, eventId, versions };
  };

  const [first, again, other] = [await worldOf('lakeside'), await worldOf('lakeside'), await worldOf('northwind')];

  expect(again).toEqual(first);
  expect(first.eventId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(other.token).not.toBe(first.token);
  expect(other.eventId).not.toBe(first.eventId);
});
