import { routes } from '@winesap/api';
import {
  assignmentsAtApple,
  type HeldLocation,
  heldAssignments,
  holdLocation,
  letPass,
  renew,
  type Stack,
  scanned,
} from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';

const FLEET = { assets: 4, devices: 60, assignmentsPerDevice: 2 };
const SECONDS = 1000;

/** What happens between two scans. Apple refuses some of it for lack of licenses: then nothing happens. */
const act = fc.oneof(
  fc.record({ kind: fc.constant('churn' as const), assign: fc.nat(6), unassign: fc.nat(6) }),
  fc.record({ kind: fc.constant('buy' as const), quantity: fc.integer({ min: -3, max: 5 }) }),
  fc.record({
    kind: fc.constant('fault' as const),
    name: fc.constantFrom(
      'stale-version',
      'empty-assets',
      'empty-assignments',
      'torn-pages',
      'shrinking-pages',
      'server-error',
      'busy',
    ),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('switch' as const),
    removalsInDelta: fc.constantFrom('invisible', 'as-rows'),
    movedRows: fc.constantFrom('in-delta', 'silent'),
  }),
  fc.record({ kind: fc.constantFrom('scan' as const, 'scan and stop' as const, 'renew' as const) }),
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

withStack('postgres', (stack) => {
  afterEach(async () => {
    await stack().apple.endFaults();
    await stack().apple.settings({ pageSize: 1000, unknowns: { removalsInDelta: 'invisible', movedRows: 'in-delta' } });
  });

  const start = ({ tokenId }: HeldLocation) => stack().owner.api.call(routes.scanToken, { params: { tokenId } });
  const scan = async (held: HeldLocation) => {
    await start(held);
    return scanned(stack().owner.api, held.tokenId);
  };
  const lastEvent = async ({ tokenId }: HeldLocation) => {
    const { events } = await stack().owner.api.call(routes.listEvents, { query: { tokenId } });
    return events.find(({ code }) => code === 'scan.succeeded');
  };
  /** Without requests for the service's limits, which are read now and then and need no token. */
  const asked = async () =>
    (await stack().apple.requests()).last
      .filter(({ path }) => path.startsWith('/mdm/v2/') && path !== '/mdm/v2/service/config')
      .map(({ path }) => path.replace('/mdm/v2/', ''));

  test('a scan of an unchanged location sends two requests and says so', async () => {
    const held = await holdLocation(stack(), { fleet: FLEET });
    await stack().apple.settings({ pageSize: 20 });
    await stack().apple.forgetRequests();

    const token = await scan(held);

    expect(await asked()).toEqual(['assets', 'assignments']);
    expect(token).toMatchObject({ assets: 5, assignments: 120, scan: { kind: 'changes' } });
    expect((await lastEvent(held))?.text).toBe('Scan (Scan Now): Nothing changed. 5 assets, 120 assignments.');
  });

  test('the trailer of the assets shows when the configuration is needed: another claim, another expiry, trouble', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack(), { fleet: FLEET, mode: 'watch' });
    const askedFirst = async (count = 2) => (await asked()).slice(0, count);
    await apple.claim(held.location.uId, { id: 'another', name: 'Other Server', metadata: '' });
    await apple.forgetRequests();

    expect(await scan(held)).toMatchObject({ health: { state: 'claimed-elsewhere' }, scan: { kind: 'changes' } });
    expect(await askedFirst()).toEqual(['assets', 'client/config']);

    await apple.claim(held.location.uId, null);
    await apple.fault({ name: 'server-error', path: '/mdm/v2/client/config', uId: held.location.uId });
    await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } }).catch(() => undefined);
    await apple.endFaults();
    await apple.forgetRequests();

    expect(await scan(held)).toMatchObject({ health: { state: 'healthy' } });
    // A claim that is no longer shown is requested twice.
    expect(await askedFirst(3)).toEqual(['client/config', 'client/config', 'assets']);
  });

  test('a check of a healthy token sends one request', async () => {
    const held = await holdLocation(stack());
    await stack().apple.forgetRequests();

    await stack().owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });

    expect(await asked()).toEqual(['client/config']);
  });

  test('only the licenses assigned since are read, however many there are', async () => {
    const held = await holdLocation(stack(), { fleet: FLEET });
    await stack().apple.settings({ pageSize: 20 });
    await stack().apple.churn(held.location.uId, { assign: 10 });
    await stack().apple.forgetRequests();

    const token = await scan(held);

    expect(await asked()).toEqual(['assets', 'assignments']);
    expect(token.scan).toMatchObject({ kind: 'changes', changes: { assigned: 10, unassigned: 0 } });
    expect(await storedAssignments(stack(), held)).toEqual(await truth(stack(), held));
  });

  test.each(['invisible', 'as-rows'])(
    'licenses given back are found where differences show them %s',
    async (removalsInDelta) => {
      const held = await holdLocation(stack(), { fleet: FLEET });
      await stack().apple.settings({ unknowns: { removalsInDelta } });
      await stack().apple.churn(held.location.uId, { assign: 3, unassign: 3 });

      const token = await scan(held);

      expect(token.scan).toMatchObject({ kind: 'full', changes: { assigned: 3, unassigned: 3 } });
      expect((await lastEvent(held))?.text).toMatch(/3 licenses assigned, 3 licenses given back\./);
      expect(await storedAssignments(stack(), held)).toEqual(await truth(stack(), held));
    },
  );

  test('in a large location only the asset with a released license is read again', async () => {
    const held = await holdLocation(stack(), { fleet: { assets: 20, devices: 400, assignmentsPerDevice: 20 } });
    await stack().apple.churn(held.location.uId, { unassign: 1 });
    await stack().apple.forgetRequests();

    const token = await scan(held);

    expect(token).toMatchObject({
      assignments: 7999,
      scan: { kind: 'changes', changes: { assigned: 0, unassigned: 1 } },
    });
    expect((await asked()).length).toBeLessThanOrEqual(6);
    expect(await storedAssignments(stack(), held)).toEqual(await truth(stack(), held));
  });

  test('a version that Apple no longer knows leads to a full scan', async () => {
    const held = await holdLocation(stack(), { fleet: FLEET });
    await stack().apple.fault({ name: 'stale-version', uId: held.location.uId });
    await stack().apple.churn(held.location.uId, { assign: 2 });

    const token = await scan(held);

    expect(token.scan).toMatchObject({ kind: 'full', changes: { assigned: 2, unassigned: 0 } });
  });

  test('Scan Now twice within a minute, a renewal, and a due full scan read everything', async () => {
    const held = await holdLocation(stack(), { fleet: FLEET });

    const kinds = [(await scan(held)).scan?.kind, (await scan(held)).scan?.kind, (await scan(held)).scan?.kind];
    await renew(stack().owner.api, held.tokenId, await stack().apple.tokenFile(held.location.uId));
    const renewed = await scanned(stack().owner.api, held.tokenId);
    await stack().withDatabase(({ db }) =>
      sql`update readings set asked_at = null, full_at = full_at - interval '8 days'`.execute(db),
    );
    const due = await scan(held);

    expect(kinds).toEqual(['changes', 'full', 'changes']);
    expect(renewed.scan).toMatchObject({ reason: 'renewal', kind: 'full' });
    expect(due.scan?.kind).toBe('full');
  });

  test('an empty answer is requested again before anything is concluded', async () => {
    const held = await holdLocation(stack(), { fleet: FLEET });
    await stack().apple.fault({ name: 'empty-assets', uId: held.location.uId, times: 1 });

    const token = await scan(held);

    expect(token).toMatchObject({ assets: 5, assignments: 120, scan: { changes: { assetsGone: 0 } } });
    expect((await lastEvent(held))?.text).toMatch(/: Nothing changed\. 5 assets, 120 assignments\.$/);
  });

  test('a confirmed empty answer is stored with a warning, and fixed by the next scan', async () => {
    const held = await holdLocation(stack(), { purchases: [{ adamId: '361309726', quantity: 4 }] });
    await stack().apple.fault({ name: 'empty-assets', uId: held.location.uId });

    await start(held);
    await scanned(stack().owner.api, held.tokenId, 'doubtful');
    await letPass(stack(), [held], 3);
    const empty = await scan(held);
    const warning = await lastEvent(held);
    await stack().apple.endFaults();
    const healed = await scan(held);

    expect(empty.scan?.changes?.assetsGone).toBe(1);
    expect(warning?.level).toBe('warning');
    expect(warning?.text).toMatch(/: Apple lists far less than before; nothing in its answers speaks against that\. /);
    expect(healed).toMatchObject({ assets: 1, scan: { changes: { assetsAdded: 1 } } });
  });

  test('an empty list of assets removes no license, however often it comes', async () => {
    const held = await holdLocation(stack(), { fleet: FLEET });
    await stack().apple.fault({ name: 'empty-assets', uId: held.location.uId });

    await start(held);
    await scanned(stack().owner.api, held.tokenId, 'doubtful');
    await letPass(stack(), [held], 48 * 60);
    await start(held);
    const token = await scanned(stack().owner.api, held.tokenId, 'doubtful');

    expect(token).toMatchObject({
      assignments: 120,
      scan: { discrepancy: { about: 'missing', assets: 4, listed: 120 } },
    });
  });

  test('after any mixture of changes, trouble, renewals, and stops, one scan agrees with Apple again', async () => {
    const { apple, owner } = stack();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 15, assignmentsPerDevice: 2 } });
        await apple.settings({ pageSize: 10 });
        for (const one of acts) await happen(stack(), held, one);
        await apple.endFaults();
        await stack().withDatabase(({ db }) => sql`update readings set asked_at = null`.execute(db));

        await start(held);
        const token = await scanned(owner.api, held.tokenId);

        expect(await storedAssignments(stack(), held)).toEqual(await truth(stack(), held));
        expect(token.assignments).toBe((await truth(stack(), held)).length);
        expect(await storedCounts(stack(), held)).toEqual(await trueCounts(stack(), held));
      }),
      {
        numRuns: 25,
        interruptAfterTimeLimit: 20 * SECONDS,
        endOnFailure: true,
      },
    );
  });
});

async function happen(stack: Stack, held: HeldLocation, one: Act): Promise<void> {
  const { apple, owner } = stack;
  const { uId } = held.location;
  const startScan = () => owner.api.call(routes.scanToken, { params: { tokenId: held.tokenId } });
  switch (one.kind) {
    case 'churn':
      return apple.churn(uId, { assign: one.assign, unassign: one.unassign });
    case 'buy':
      return apple.buy(uId, { adamId: '361309726', quantity: one.quantity || 1 }).catch(() => undefined);
    case 'fault':
      await apple.fault({ name: one.name, uId, times: one.times });
      return;
    case 'switch':
      return apple.settings({ unknowns: { removalsInDelta: one.removalsInDelta, movedRows: one.movedRows } });
    case 'scan':
      await startScan();
      await scanned(owner.api, held.tokenId, 'either');
      return;
    case 'scan and stop':
      await startScan();
      await stack.restart();
      await scanned(owner.api, held.tokenId, 'either');
      return;
    case 'renew':
      await apple.endFaults();
      await renew(owner.api, held.tokenId, await apple.tokenFile(uId));
      await scanned(owner.api, held.tokenId);
      return;
  }
}

const truth = ({ appleUrl }: Stack, { file }: HeldLocation): Promise<string[]> => assignmentsAtApple(appleUrl, file);

function storedAssignments(stack: Stack, { location }: HeldLocation): Promise<string[]> {
  return stack.withDatabase((database) => heldAssignments(database, location.uId));
}

async function trueCounts({ apple }: Stack, { location }: HeldLocation): Promise<string[]> {
  const { assets } = await apple.state(location.uId);
  return assets.map((asset) => `${asset.adamId} ${asset.assignedCount}`).sort();
}

async function storedCounts({ owner }: Stack, { policyId }: HeldLocation): Promise<string[]> {
  const { assets } = await owner.api.call(routes.listAssets, { params: { policyId }, query: {} });
  return assets.map((asset) => `${asset.adamId} ${asset.assigned}`).sort();
}
