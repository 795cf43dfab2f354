import { routes } from '@winesap/api';
import { type HeldLocation, heldAssignments, holdLocation, renew, scanned, until } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { afterEach, expect, test } from 'vitest';

const FLEET = { assets: 20, devices: 5000, assignmentsPerDevice: 10 };

forEachStack((stack) => {
  afterEach(async () => {
    await stack().apple.endFaults();
    await stack().apple.settings({ latencyMs: 0, pageSize: 1000 });
  });

  const renewed = async (held: HeldLocation, end: 'succeeded' | 'doubtful' = 'succeeded') => {
    await renew(stack().owner.api, held.tokenId, await stack().apple.tokenFile(held.location.uId));
    return scanned(stack().owner.api, held.tokenId, end);
  };
  const stored = ({ location }: HeldLocation) =>
    stack().withDatabase(async (database) => (await heldAssignments(database, location.uId)).length);
  const eventsOf = async ({ tokenId }: HeldLocation) =>
    (await stack().owner.api.call(routes.listEvents, { query: { tokenId } })).events;

  test('an empty answer for 50,000 assignments is requested again; while Apple contradicts itself, everything stays, and the event says so', async () => {
    const { apple } = stack();
    const held = await holdLocation(stack(), { fleet: FLEET });
    const { uId } = held.location;

    await apple.fault({ name: 'empty-assignments', uId, times: 1 });
    const once = await renewed(held);
    await apple.fault({ name: 'empty-assignments', uId });
    const always = await renewed(held, 'doubtful');

    expect(once).toMatchObject({ assignments: 50_000, scan: { kind: 'full', changes: { unassigned: 0 } } });
    expect(always).toMatchObject({ assignments: 50_000, health: { state: 'healthy' } });
    const [event] = await eventsOf(held);
    expect(event).toMatchObject({ code: 'scan.doubtful', level: 'warning' });
    expect(event?.text).toMatch(/Apple lists 0 assignments of 20 assets but counts 50,000\./);
    expect(await stored(held)).toBe(50_000);
  });

  test('a token revoked during a scan stops the scan, shows the cause immediately, and loses nothing', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack(), { fleet: { assets: 4, devices: 200, assignmentsPerDevice: 2 } });
    await apple.settings({ latencyMs: 50, pageSize: 8 });
    await apple.churn(held.location.uId, { unassign: 30 });
    const { id } = await owner.api.call(routes.scanToken, { params: { tokenId: held.tokenId } });
    await until(
      'a part to be read',
      () => owner.api.call(routes.getScan, { params: { scanId: id } }),
      ({ assignments }) => assignments.done > 80,
    );

    await apple.resetPassword(held.appleId);
    const token = await scanned(owner.api, held.tokenId, 'failed');

    expect(token).toMatchObject({ health: { state: 'revoked', severity: 'broken' }, assignments: 400 });
    expect(token.scan?.failure?.apple?.line).toMatch(/9625/);
    expect(await stored(held)).toBe(400);
  });
});
