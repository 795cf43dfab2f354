import { routes } from '@winesap/api';
import { bytesOf, holdLocation, listenLive, scanned } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

forEachStack((stack) => {
  test('a revoked token is found, understood, renewed, and verified, and no assignment changes', async () => {
    const { owner, apple } = stack();
    const { api } = owner;
    const held = await holdLocation(stack(), { fleet: { assets: 3, devices: 40, assignmentsPerDevice: 2 } });
    const { tokenId, policyId, location } = held;
    const params = { tokenId };
    const before = await apple.state(location.uId);
    await apple.resetPassword(held.appleId);

    // 1. Find.
    await api.call(routes.checkToken, { params });
    const { events } = await api.call(routes.listEvents, {
      query: { receiverType: 'vpp-token', level: 'error', tokenId },
    });
    expect(events).toHaveLength(1);
    expect(events[0]?.apple?.line).toBe(
      '401 - error while retrieving client config || 9625 - The server has revoked the sToken.',
    );
    expect(events[0]?.code).toBe('token.revoked');
    const summary = await api.call(routes.summarizeEvents, { query: { receiverType: 'vpp-token', tokenId } });
    expect(summary.tokensNotWorking).toBe(1);

    // 2. The same words on the policy, with cause and next step.
    const broken = await api.call(routes.getPolicy, { params: { policyId } });
    expect(broken.token?.health).toMatchObject({
      state: 'revoked',
      severity: 'broken',
      apple: { errorNumber: 9625, line: events[0]?.apple?.line },
      eventId: events[0]?.id,
      nextStep: { kind: 'renew' },
    });
    expect(broken.may.scan.allowed).toBe(true);
    expect(broken.may.renew.allowed).toBe(true);

    // 3. and 4. The new file, both identities side by side, nothing stored.
    await apple.buy(location.uId, { adamId: '900000014', quantity: 7 });
    const body = bytesOf(await apple.tokenFile(location.uId));
    await apple.forgetRequests();
    const preview = await api.call(routes.previewRenewal, { params, body });
    expect(preview.verdict).toBe('ready');
    expect(preview.rows.map(({ field, change }) => [field, change])).toEqual([
      ['uId', 'same'],
      ['locationName', 'same'],
      ['appleId', 'same'],
      ['organizationName', 'same'],
      ['country', 'same'],
      ['expiresAt', 'changed'],
      ['claim', 'same'],
    ]);
    expect(preview.dryRun).toMatchObject({ added: 1, gone: 0 });
    const unchanged = await api.call(routes.getToken, { params });
    expect(unchanged).toEqual(broken.token);

    // The final Save: healthy again within three requests to Apple.
    await apple.forgetRequests();
    const live = await listenLive(api);
    const saved = await api.call(routes.renewToken, {
      params,
      query: { fingerprint: preview.file.fingerprint, tokenVersion: preview.tokenVersion },
      body,
    });
    expect(saved.token.health.state).toBe('healthy');
    expect(saved.token.version).toBe(preview.tokenVersion + 1);
    const { last } = await apple.requests();
    expect(last.slice(0, 3).some(({ path, status }) => path === '/mdm/v2/client/config' && status === 200)).toBe(true);

    // 5. Verify: everything is read again, with progress, and nothing at Apple has changed.
    await live.hears('scan', ({ scan }) => scan.tokenId === tokenId && scan.state === 'running');
    await live.hears('scan', ({ scan }) => scan.tokenId === tokenId && scan.state === 'succeeded');
    const { events: history } = await api.call(routes.listEvents, { query: { tokenId } });
    const renewed = history.find(({ code }) => code === 'token.renewed');
    await live.hears('event', ({ eventId }) => eventId === renewed?.id);
    live.close();
    const verified = await scanned(api, tokenId);
    expect(Date.parse(verified.lastSyncAt ?? '')).toBeGreaterThan(Date.parse(held.token.lastSyncAt ?? ''));
    expect(verified.assignments).toBe(80);
    const { assets } = await api.call(routes.listAssets, { params: { policyId } });
    expect(assets.map(({ adamId }) => adamId)).toContain('900000014');
    const { byLocation, byPath } = await apple.requests();
    expect(byLocation[location.uId]?.writes).toBe(0);
    expect(Object.keys(byPath).filter((path) => !path.startsWith('GET '))).toEqual(['POST /mdm/VPPClientConfigSrv']);
    const after = await apple.state(location.uId);
    expect(after.claim).toEqual(before.claim);
    expect(after.assignments).toEqual(before.assignments);

    // 6. Mismatch: a file of another location is refused with both identities.
    const other = await holdLocation(stack());
    const foreign = bytesOf(other.file);
    const mismatch = await api.call(routes.previewRenewal, { params, body: foreign });
    expect(mismatch).toMatchObject({
      verdict: 'refused',
      refusal: { code: 'renewal.location-mismatch' },
      stored: { uId: location.uId, locationName: location.locationName },
      fresh: { uId: other.location.uId, locationName: other.location.locationName },
      otherToken: { tokenId: other.tokenId },
      dryRun: null,
    });
    expect(mismatch.refusal?.detail).toContain('Remove Token');

    const removal = await api.call(routes.previewRemoval, { params });
    expect(removal).toMatchObject({ locationName: location.locationName, assignments: 80, canReleaseClaim: true });
    const removed = await api.call(routes.removeToken, {
      params,
      body: { locationName: location.locationName, releaseClaim: true },
    });
    expect(removed.claim).toBe('released');
    const empty = await api.call(routes.getPolicy, { params: { policyId } });
    expect(empty).toMatchObject({ token: null, tokenSource: null, may: { add: { allowed: true } } });
    const released = await apple.state(location.uId);
    expect(released.claim).toBeNull();
    expect(released.assignments).toEqual(before.assignments);
    const kept = await api.call(routes.listEvents, { query: { tokenId } });
    expect(kept.events.map(({ code }) => code)).toEqual(expect.arrayContaining(['token.removed', 'token.revoked']));
    expect(kept.events.every(({ tokenRemoved }) => tokenRemoved)).toBe(true);
  });
});
