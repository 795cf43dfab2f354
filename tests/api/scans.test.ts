import { routes } from '@winesap/api';
import {
  type HeldLocation,
  heldAssignments,
  holdLocation,
  letPass,
  listenLive,
  type NewFault,
  refused,
  scanned,
  until,
} from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { afterEach, expect, test } from 'vitest';

interface Trouble {
  what: string;
  fault: NewFault;
  /** What the failed scan quotes. */
  says: RegExp;
  /** The token's state afterwards. */
  state: string;
}

const TROUBLES: Trouble[] = [
  { what: 'terms', fault: { name: 'terms' }, says: /9642/, state: 'terms' },
  {
    what: 'an unknown number',
    fault: { name: 'unknown-error-number', path: '/mdm/v2/assignments', errorNumber: 9999 },
    says: /400 - error while retrieving token assignments \|\| 9999 - /,
    // Everything else is answered, because the token is fine.
    state: 'healthy',
  },
  {
    what: 'a disabled account',
    fault: { name: 'account-disabled' },
    says: /401 - error while retrieving token assets \|\| 9625 - The server has revoked the sToken\./,
    state: 'revoked',
  },
  {
    what: 'maintenance until later',
    fault: { name: 'maintenance', path: '/mdm/v2/assets', form: 'seconds', retryAfterSeconds: 3600 },
    says: /503 - error while retrieving token assets \|\| 9729 - /,
    state: 'unreachable',
  },
];

forEachStack(
  (stack) => {
    afterEach(async () => {
      await stack().apple.endFaults();
      await stack().apple.settings({ latencyMs: 0, pageSize: 1000 });
    });

    const scan = (tokenId: string) => stack().owner.api.call(routes.scanToken, { params: { tokenId } });
    const assetsOf = (held: HeldLocation) =>
      stack().owner.api.call(routes.listAssets, { params: { policyId: held.policyId }, query: { gone: 'true' } });

    test('a scan shows its progress, only one runs per location, and everything becomes visible at the end', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 4, devices: 150, assignmentsPerDevice: 2 } });
      await apple.settings({ latencyMs: 60, pageSize: 20 });
      // A released license, which differences do not show, so that everything is read.
      await apple.churn(held.location.uId, { assign: 31, unassign: 1 });
      const live = await listenLive(owner.api);

      const first = await scan(held.tokenId);
      const second = await scan(held.tokenId);
      const { scan: half } = await live.hears(
        'scan',
        (message) =>
          message.scan.id === first.id && message.scan.assignments.done > 0 && message.scan.state === 'running',
      );
      const meanwhile = await owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });
      await live.hears('scan', (message) => message.scan.id === first.id && message.scan.state === 'succeeded');
      live.close();
      const after = await owner.api.call(routes.getToken, { params: { tokenId: held.tokenId } });

      expect(second.id).toBe(first.id);
      expect(half.assignments.done).toBeLessThan(330);
      expect(half.assignments.total).toBe(330);
      expect(meanwhile).toMatchObject({ assignments: 300, scan: { state: 'running' } });
      expect(after).toMatchObject({
        assignments: 330,
        scan: { state: 'succeeded', assignments: { done: 330, total: 330 }, changes: { assigned: 31, unassigned: 1 } },
      });
      const { byLocation } = await apple.requests();
      expect(byLocation[held.location.uId]?.maxAtOnce).toBeLessThanOrEqual(5);
      expect(byLocation[held.location.uId]?.writes).toBeLessThanOrEqual(1);
    });

    test('requests for a scan while one begins or ends return one, without waiting for each other', async () => {
      const held = await holdLocation(stack());

      for (let round = 0; round < 15; round++) {
        await scan(held.tokenId);
        await Promise.all([scan(held.tokenId), scan(held.tokenId), scan(held.tokenId)]);
        await scanned(stack().owner.api, held.tokenId);
      }

      expect(stack().log.filter((line) => line.includes('deadlock'))).toEqual([]);
    });

    test.each(TROUBLES)('a scan that ends in $what keeps the last good reading', async ({ fault, says, state }) => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 10, assignmentsPerDevice: 2 } });
      const before = await assetsOf(held);
      await apple.buy(held.location.uId, { adamId: '900000030', quantity: 9 });
      await apple.fault({ ...fault, uId: held.location.uId });

      await scan(held.tokenId);
      const token = await scanned(owner.api, held.tokenId, 'failed');

      expect(token.scan?.failure?.apple?.line).toMatch(says);
      expect(token.health.state).toBe(state);
      expect(token.lastSyncAt).toBe(held.token.lastSyncAt);
      expect(token.assignments).toBe(held.token.assignments);
      expect((await assetsOf(held)).assets).toEqual(before.assets);
      const { events } = await owner.api.call(routes.listEvents, { query: { tokenId: held.tokenId } });
      expect(events.find(({ code }) => code === 'scan.failed')?.apple?.line).toMatch(says);
    });

    test('a scan survives temporary trouble', async () => {
      const { apple, owner } = stack();
      const passing: NewFault[] = [
        { name: 'busy', times: 2 },
        { name: 'html-error', times: 2 },
        { name: 'truncated-json', times: 2 },
        { name: 'truncated-transfer', times: 1 },
        { name: 'reset-before-accept', times: 2 },
        { name: 'server-error', times: 2 },
        { name: 'maintenance', form: 'seconds', retryAfterSeconds: 1, times: 1 },
        { name: 'maintenance', form: 'date', retryAfterSeconds: 1, times: 1 },
      ];

      const ends = await Promise.all(
        passing.map(async (fault) => {
          const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 20, assignmentsPerDevice: 2 } });
          const id = await apple.fault({ ...fault, uId: held.location.uId });
          await scan(held.tokenId);
          const { scan: ended, assignments, health } = await scanned(owner.api, held.tokenId, 'either');
          const pending = await apple.isPending(id);
          return { fault: fault.name, pending, state: ended?.state, assignments, health: health.state };
        }),
      );

      expect(ends).toEqual(
        passing.map(({ name }) => ({
          fault: name,
          pending: false,
          state: 'succeeded',
          assignments: 40,
          health: 'healthy',
        })),
      );
    });

    test('assignments that change during the read leave no torn count', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 60, assignmentsPerDevice: 2 } });
      await apple.settings({ pageSize: 25 });
      await apple.fault({ name: 'torn-pages', uId: held.location.uId, assign: 2, unassign: 0, times: 3 });

      await scan(held.tokenId);
      const token = await scanned(owner.api, held.tokenId, 'either');

      const rows = await stack().withDatabase((database) => heldAssignments(database, held.location.uId));
      const truth = await apple.state(held.location.uId);
      const stored = token.scan?.state === 'succeeded' ? truth.assignments : 120;
      expect(truth.assignments).toBe(126);
      expect(rows).toHaveLength(Number(stored));
      expect(new Set(rows).size).toBe(rows.length);
    });

    test('an asset that Apple no longer lists is marked as gone and kept, once a second scan confirms it', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack());
      await apple.fault({ name: 'empty-assets', uId: held.location.uId });

      await scan(held.tokenId);
      const first = await scanned(owner.api, held.tokenId, 'doubtful');
      const meanwhile = await assetsOf(held);
      await letPass(stack(), [held], 3);
      await scan(held.tokenId);
      const token = await scanned(owner.api, held.tokenId);

      expect(first.scan?.discrepancy?.text).toBe('Apple no longer lists 3 assets.');
      expect(meanwhile.assets.map(({ gone, discrepancy }) => [gone, discrepancy?.about])).toEqual(
        Array(3).fill([false, 'missing']),
      );
      const listed = await owner.api.call(routes.listAssets, { params: { policyId: held.policyId } });
      const all = await assetsOf(held);
      expect(token.scan?.changes?.assetsGone).toBe(held.token.assets);
      expect(listed.assets).toEqual([]);
      expect(all.assets).toHaveLength(3);
      expect(all.assets.every(({ gone }) => gone)).toBe(true);
    });

    test('unlimited assets and books are marked as such', async () => {
      const held = await holdLocation(stack());

      const { assets, totals } = await assetsOf(held);

      const unlimited = assets.find(({ adamId }) => adamId === '361304891');
      expect(unlimited).toMatchObject({ unlimited: true, total: null, available: null });
      expect(assets.find(({ productType }) => productType === 'Book')).toMatchObject({
        deviceAssignable: false,
        total: 5,
      });
      expect(totals.assets).toBe(3);
    });

    test('names and icons come from the store, through Winesap', async () => {
      const { owner } = stack();
      const held = await holdLocation(stack(), { purchases: [{ adamId: '361309726', quantity: 3 }] });

      const { assets } = await until(
        'the name of the app',
        () => assetsOf(held),
        (list) => list.assets[0]?.name !== null,
      );
      const icon = await owner.api.open(routes.getIcon, { params: { adamId: '361309726' } });

      expect(assets[0]?.name).toMatch(/\w/);
      expect(assets[0]?.iconUrl).toBe('/api/icons/361309726');
      expect((await icon.arrayBuffer()).byteLength).toBeGreaterThan(50);
      expect((await refused(owner.api.open(routes.getIcon, { params: { adamId: '1' } }))).code).toBe('icon.not-found');
    });

    test("a scan of a dead token asks Apple once, and is refused with Apple's answer", async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack());
      await apple.resetPassword(held.appleId);
      await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
      await apple.forgetRequests();

      const problem = await refused(scan(held.tokenId));

      expect(problem).toMatchObject({ code: 'scan.token-dead', status: 409 });
      expect(problem.detail).toContain('9625');
      // Names of apps may still be requested, elsewhere.
      const asked = (await apple.requests()).last.filter(({ path }) => path.startsWith('/mdm/'));
      expect(asked.map(({ path }) => path)).toEqual(['/mdm/v2/client/config']);
    });

    test.each([
      { when: 'where it was', changed: 0 },
      { when: 'from the beginning where Apple has another version', changed: 1 },
    ])('a scan under way when the server stops goes on $when', async ({ changed }) => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { fleet: { assets: 4, devices: 160, assignmentsPerDevice: 2 } });
      await apple.settings({ latencyMs: 60, pageSize: 8 });
      await apple.churn(held.location.uId, { assign: 6, unassign: 1 });
      const { id } = await scan(held.tokenId);
      await until(
        'half of it to be read',
        () => owner.api.call(routes.getScan, { params: { scanId: id } }),
        ({ assignments }) => assignments.done > 180,
      );

      await stack().restart();
      if (changed > 0) await apple.churn(held.location.uId, { assign: changed });
      await apple.forgetRequests();
      const token = await scanned(owner.api, held.tokenId);

      const pages = (await apple.requests()).last.filter(({ path }) => path === '/mdm/v2/assignments').length;
      expect(token).toMatchObject({ assignments: 325 + changed, scan: { id, state: 'succeeded' } });
      // Of 41.
      if (changed === 0) expect(pages).toBeLessThan(30);
      else expect(pages).toBeGreaterThan(40);
      const rows = await stack().withDatabase((database) => heldAssignments(database, held.location.uId));
      expect(rows).toHaveLength(325 + changed);
    });
  },
  { env: { WINESAP_APPLE_TIMEOUT_MS: '4000' } },
);
