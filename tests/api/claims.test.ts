import { routes } from '@winesap/api';
import {
  addLocation,
  addOrganization,
  bytesOf,
  holdLocation,
  inspect,
  refused,
  renew,
  type Stack,
  scanned,
  storedRows,
} from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

const OTHER = { id: 'other-server-1', name: 'Other MDM', metadata: 'since spring' };
const THIRD = { id: 'third-server-2', name: 'Third MDM', metadata: 'since today' };

/**
 * Returns the requests that could have changed something at Apple: everything except reads and the older service's read
 * by POST.
 */
async function writesAtApple({ apple }: Stack): Promise<string[]> {
  const { last } = await apple.requests();
  return last
    .filter(({ method, path }) => method !== 'GET' && path !== '/mdm/VPPClientConfigSrv')
    .map(({ method, path }) => `${method} ${path}`);
}

withStack('embedded', (stack) => {
  async function newcomer(claim: typeof OTHER | null) {
    const { apple, owner } = stack();
    const location = await addLocation(stack());
    if (claim !== null) await apple.claim(location.uId, claim);
    const file = await apple.tokenFile(location.uId);
    const { policyId } = await addOrganization(owner.api);
    const inspection = await inspect(owner.api, file);
    const add = (query: { mode: 'watch' | 'manage'; takeOverFrom?: string }) =>
      owner.api.call(routes.addToken, {
        params: { policyId },
        query: { fingerprint: inspection.file.fingerprint, ...query },
        body: bytesOf(file),
      });
    return { location, file, policyId, inspection, add };
  }

  test('watching a location never writes to Apple, in any operation', async () => {
    const { apple, owner } = stack();
    const { add, location, inspection } = await newcomer(OTHER);
    await apple.forgetRequests();

    const { token } = await add({ mode: 'watch' });
    const params = { tokenId: token.tokenId };
    await scanned(owner.api, token.tokenId);
    await owner.api.call(routes.scanToken, { params });
    await scanned(owner.api, token.tokenId);
    await owner.api.call(routes.checkToken, { params });
    await renew(owner.api, token.tokenId, await apple.tokenFile(location.uId));
    const renewed = await scanned(owner.api, token.tokenId);
    await owner.api.call(routes.removeToken, {
      params,
      body: { locationName: location.locationName, releaseClaim: true },
    });

    expect(inspection.identity.claim).toMatchObject({ state: 'foreign', name: 'Other MDM' });
    expect(renewed).toMatchObject({ mode: 'watch', health: { state: 'healthy' } });
    expect(await writesAtApple(stack())).toEqual([]);
    expect((await apple.state(location.uId)).claim).toEqual(OTHER);
  });

  test('managing a free location claims it, and that is the only write', async () => {
    const { apple, owner } = stack();
    const { add, location } = await newcomer(null);
    await apple.forgetRequests();

    const { token } = await add({ mode: 'manage' });
    await scanned(owner.api, token.tokenId);

    expect(token.identity.claim).toMatchObject({ state: 'ours', words: expect.stringContaining('Winesap') });
    expect(await writesAtApple(stack())).toEqual(['POST /mdm/v2/client/config']);
    expect((await apple.state(location.uId)).claim).toMatchObject({ name: 'Winesap' });
  });

  test('managing a location of another server is refused with its name, and nothing is stored or written', async () => {
    const { add } = await newcomer(OTHER);
    const before = await storedRows(stack());
    await stack().apple.forgetRequests();

    const problem = await refused(add({ mode: 'manage' }));

    expect(problem).toMatchObject({ code: 'claim.held', status: 409, data: { holder: OTHER } });
    expect(problem.title).toContain('Other MDM');
    expect(await writesAtApple(stack())).toEqual([]);
    expect(await storedRows(stack())).toEqual(before);
  });

  test('taking over requires exactly the ID that was shown', async () => {
    const { apple, owner } = stack();
    const { add, location } = await newcomer(OTHER);
    await apple.claim(location.uId, THIRD);
    await apple.forgetRequests();

    const problem = await refused(add({ mode: 'manage', takeOverFrom: OTHER.id }));
    const untouched = (await apple.state(location.uId)).claim;
    const { token } = await add({ mode: 'manage', takeOverFrom: THIRD.id });
    await scanned(owner.api, token.tokenId);

    expect(problem).toMatchObject({ code: 'claim.changed', status: 409 });
    expect(problem.title).toContain('Third MDM');
    expect(untouched).toEqual(THIRD);
    expect((await apple.state(location.uId)).claim).toMatchObject({ name: 'Winesap' });
    const { events } = await owner.api.call(routes.listEvents, { query: { tokenId: token.tokenId } });
    expect(events.find(({ code }) => code === 'claim.set')?.text).toContain('Third MDM');
  });

  test('a stolen claim is logged once, changes nothing, and waits for a person', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const params = { tokenId: held.tokenId };
    await apple.claim(held.location.uId, OTHER);
    await apple.forgetRequests();

    const seen = await owner.api.call(routes.checkToken, { params });
    await owner.api.call(routes.checkToken, { params });
    await owner.api.call(routes.scanToken, { params });
    await scanned(owner.api, held.tokenId);

    expect(seen.health).toMatchObject({
      state: 'claimed-elsewhere',
      severity: 'broken',
      nextStep: { kind: 'decide-claim' },
    });
    expect(seen.health.title).toContain('Other MDM');
    const { events } = await owner.api.call(routes.listEvents, { query: { ...params, level: 'error' } });
    expect(events.map(({ code }) => code)).toEqual(['token.claimed-elsewhere']);
    expect(await writesAtApple(stack())).toEqual([]);
    expect((await apple.state(held.location.uId)).claim).toEqual(OTHER);
  });

  test('a stolen claim is resolved by watching beside it, or by taking it back by name', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const params = { tokenId: held.tokenId };
    await apple.claim(held.location.uId, OTHER);
    await owner.api.call(routes.checkToken, { params });
    await apple.forgetRequests();

    const watching = await owner.api.call(routes.changeMode, { params, body: { mode: 'watch' } });
    const quiet = await writesAtApple(stack());
    const nameless = await refused(owner.api.call(routes.changeMode, { params, body: { mode: 'manage' } }));
    const wrongName = await refused(
      owner.api.call(routes.changeMode, { params, body: { mode: 'manage', takeOverFrom: THIRD.id } }),
    );
    const still = (await apple.state(held.location.uId)).claim;
    const managing = await owner.api.call(routes.changeMode, {
      params,
      body: { mode: 'manage', takeOverFrom: OTHER.id },
    });

    expect(watching).toMatchObject({ mode: 'watch', health: { state: 'healthy' } });
    expect(quiet).toEqual([]);
    expect(nameless.code).toBe('claim.held');
    expect(wrongName.code).toBe('claim.changed');
    expect(still).toEqual(OTHER);
    expect(managing).toMatchObject({
      mode: 'manage',
      health: { state: 'healthy' },
      identity: { claim: { state: 'ours' } },
    });
    expect(await writesAtApple(stack())).toEqual(['POST /mdm/v2/client/config']);
  });

  test('while managing, a renewal sends reads only', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 20, assignmentsPerDevice: 2 } });
    const before = await apple.state(held.location.uId);
    await apple.resetPassword(held.appleId);
    await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
    const file = await apple.tokenFile(held.location.uId);
    await apple.forgetRequests();

    await renew(owner.api, held.tokenId, file);
    await scanned(owner.api, held.tokenId);

    expect(await writesAtApple(stack())).toEqual([]);
    expect({ ...(await apple.state(held.location.uId)), tokens: null }).toEqual({ ...before, tokens: null });
  });

  test('Remove Token requires the location’s name and keeps licenses, history, and, by default, the claim', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack(), { fleet: { assets: 2, devices: 10, assignmentsPerDevice: 2 } });
    const params = { tokenId: held.tokenId };
    const before = await apple.state(held.location.uId);

    const told = await owner.api.call(routes.previewRemoval, { params });
    const wrong = await refused(
      owner.api.call(routes.removeToken, { params, body: { locationName: 'Barn', releaseClaim: false } }),
    );
    await apple.forgetRequests();
    const removed = await owner.api.call(routes.removeToken, {
      params,
      body: { locationName: held.location.locationName, releaseClaim: false },
    });

    expect(told).toMatchObject({ locationName: held.location.locationName, assignments: 20, canReleaseClaim: true });
    expect(told.willNot.join(' ')).toMatch(/license|assign/i);
    expect(told.will.length).toBeGreaterThan(0);
    expect(wrong).toMatchObject({ code: 'removal.name-differs', status: 409 });
    expect(wrong.detail).toContain(held.location.locationName);
    expect(removed).toMatchObject({ claim: 'kept' });
    // Names of apps may still be requested, elsewhere.
    expect((await apple.requests()).last.filter(({ path }) => path.startsWith('/mdm/'))).toEqual([]);
    expect({ ...(await apple.state(held.location.uId)) }).toEqual(before);
    expect((await refused(owner.api.call(routes.getToken, { params }))).code).toBe('token.not-found');
    const { events } = await owner.api.call(routes.listEvents, { query: params });
    expect(events.map(({ code }) => code)).toEqual(expect.arrayContaining(['token.added', 'token.removed']));
    const sealed = await stack().withDatabase(({ db }) =>
      db.selectFrom('content_tokens').select('sealed').where('id', '=', held.tokenId).executeTakeFirst(),
    );
    expect(sealed).toEqual({ sealed: null });
  });

  test('a removal succeeds even if Apple does not release the claim, and says so', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    await apple.resetPassword(held.appleId);

    const removed = await owner.api.call(routes.removeToken, {
      params: { tokenId: held.tokenId },
      body: { locationName: held.location.locationName, releaseClaim: true },
    });

    expect(removed.claim).toBe('not-released');
    const { events } = await owner.api.call(routes.listEvents, { query: { tokenId: held.tokenId } });
    const told = events.find(({ code }) => code === 'token.removed');
    expect(told?.level).toBe('warning');
    expect(told?.text).toContain('9625');
  });

  test('a removed location can be added again, and starts over', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    await owner.api.call(routes.removeToken, {
      params: { tokenId: held.tokenId },
      body: { locationName: held.location.locationName, releaseClaim: true },
    });
    const file = await apple.tokenFile(held.location.uId);
    const inspection = await inspect(owner.api, file);

    const { token } = await owner.api.call(routes.addToken, {
      params: { policyId: held.policyId },
      query: { fingerprint: inspection.file.fingerprint, mode: 'watch' },
      body: bytesOf(file),
    });

    expect(inspection.heldBy).toBeNull();
    expect(token.tokenId).not.toBe(held.tokenId);
    expect(await scanned(owner.api, token.tokenId)).toMatchObject({ mode: 'watch', health: { state: 'healthy' } });
  });
});
