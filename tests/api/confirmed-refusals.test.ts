import { type ContentToken, routes } from '@winesap/api';
import {
  addLocation,
  addOrganization,
  bytesOf,
  type HeldLocation,
  holdLocation,
  inspect,
  patience,
  refused,
  renew,
  type Stack,
  scanned,
  startStack,
  storedRows,
  until,
} from '@winesap/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

// Both engines store it alike; only Apple's answers matter here.
describe('a token that Apple refuses', () => {
  let running: Stack | undefined;
  const stack = (): Stack => {
    if (running === undefined) throw new Error('The stack runs only while tests do.');
    return running;
  };
  beforeAll(async () => {
    running = await startStack();
  });
  afterAll(() => running?.stop());
  afterEach(() => stack().apple.endFaults());

  const api = () => stack().owner.api;
  const check = (held: HeldLocation): Promise<ContentToken> =>
    api().call(routes.checkToken, { params: { tokenId: held.tokenId } });
  const shown = (held: HeldLocation) => api().call(routes.getToken, { params: { tokenId: held.tokenId } });
  const eventsOf = async (held: HeldLocation) =>
    (await api().call(routes.listEvents, { query: { tokenId: held.tokenId } })).events;
  const codesOf = async (held: HeldLocation) => (await eventsOf(held)).map(({ code }) => code);
  const fault = (held: HeldLocation, name: string, options: Record<string, string | number> = {}) =>
    stack().apple.fault({ name, uId: held.location.uId, ...options });
  async function scan(held: HeldLocation, ends: 'succeeded' | 'failed' = 'succeeded') {
    await api().call(routes.scanToken, { params: { tokenId: held.tokenId } });
    return scanned(api(), held.tokenId, ends);
  }

  describe('one stray refusal', () => {
    test.each([
      [9621, 401, 1],
      [9622, 200, 2],
      [9625, 401, 2],
      [9722, 200, 2],
      [9601, 401, 1],
      [9637, 403, 1],
    ])(
      '%i with %i, said %i times, leaves a token healthy, and the log says what happened',
      async (number, status, times) => {
        const held = await holdLocation(stack());
        await fault(held, 'stray-refusal', { errorNumber: number, status, times });

        const { health } = await check(held);

        expect(health).toMatchObject({ state: 'healthy', severity: 'ok', apple: null });
        const [event, ...before] = await eventsOf(held);
        expect(event).toMatchObject({ code: 'token.refusal-withdrawn', level: 'info', apple: { errorNumber: number } });
        expect(before.filter(({ level }) => level === 'error')).toEqual([]);
      },
    );

    test('in the middle of a scan ends that scan and nothing else', async () => {
      const held = await holdLocation(stack());
      await fault(held, 'stray-refusal', { errorNumber: 9622, status: 200, times: 1, path: '/mdm/v2/assignments' });

      const { scan: failed, health } = await scan(held, 'failed');

      expect(failed?.failure?.apple).toMatchObject({ errorNumber: 9622 });
      expect(health.state).toBe('healthy');
      expect((await scan(held)).health.state).toBe('healthy');
    });

    test('does not reject a valid file', async () => {
      const location = await addLocation(stack());
      const file = await stack().apple.tokenFile(location.uId);
      await stack().apple.fault({ name: 'stray-refusal', errorNumber: 9622, status: 200, times: 1, uId: location.uId });

      expect((await inspect(api(), file)).identity.uId).toBe(location.uId);
    });
  });

  describe('a refusal that Apple confirms', () => {
    test('is red within seconds, costs one request from then on, and recovers with Check now', async () => {
      const held = await holdLocation(stack());
      const { apple } = stack();
      await fault(held, 'stray-refusal', { errorNumber: 9625, status: 401 });
      const began = Date.now();

      const broken = await check(held);
      const took = Date.now() - began;
      await apple.forgetRequests();
      await check(held);
      const { byPath } = await apple.requests();
      await apple.endFaults();
      const healed = await check(held);

      expect(broken.health).toMatchObject({ state: 'revoked', severity: 'broken', apple: { errorNumber: 9625 } });
      expect(took).toBeLessThan(8000 * patience());
      expect(byPath).toEqual({ 'GET /mdm/v2/client/config': 1 });
      expect(Date.parse(broken.health.nextCheckAt ?? '') - began).toBeLessThan(72_000 + took);
      expect(healed.health.state).toBe('healthy');
      expect((await codesOf(held)).slice(0, 2)).toEqual(['token.healthy', 'token.revoked']);
    });

    test('stays red while Apple is unreachable', async () => {
      const held = await holdLocation(stack());
      await stack().apple.resetPassword(held.appleId);
      await check(held);
      await fault(held, 'html-error', { status: 502 });

      const { health } = await check(held);

      expect(health).toMatchObject({ state: 'revoked', apple: { errorNumber: 9625 } });
    });

    test('makes Scan Now ask Apple first, show the answer, and scan as soon as the token works', async () => {
      const held = await holdLocation(stack(), { mode: 'watch' });
      await fault(held, 'stray-refusal', { errorNumber: 9722, status: 401 });
      await check(held);
      const may = async () =>
        (await api().call(routes.getPolicy, { params: { policyId: held.policyId } })).may.scan.allowed;

      expect(await may()).toBe(true);
      const problem = await refused(api().call(routes.scanToken, { params: { tokenId: held.tokenId } }));
      expect(problem).toMatchObject({ code: 'scan.token-dead', status: 409 });
      expect(problem.detail).toContain('9722');
      await stack().apple.endFaults();
      expect((await scan(held)).health.state).toBe('healthy');
    });

    test.each([
      [9634, 410, /removed a service/, 'update'],
      [9617, 200, /moved to another address/, 'update'],
      [9601, 401, /sign-in/, 'check-account'],
      [9876, 400, /^Apple refused \(9876\), and Winesap doesn’t know why\.$/, 'check-account'],
    ])('with the number %i has words of its own and speaks of no terms', async (number, status, title, nextStep) => {
      const held = await holdLocation(stack());
      await fault(held, 'stray-refusal', { errorNumber: number, status });

      const { health } = await check(held);

      expect(health).toMatchObject({ state: 'refused', nextStep: { kind: nextStep } });
      expect(health.title).toMatch(title);
      expect(JSON.stringify(health)).not.toMatch(/terms/i);
      expect(health.apple?.errorNumber).toBe(number);
    });
  });

  describe('an unconfirmed refusal', () => {
    test('is “checking”: no alarm, not healthy, counted separately, without data loss', async () => {
      const held = await holdLocation(stack());
      const before = await api().call(routes.listTokens, {});
      await fault(held, 'html-error', { status: 502, path: '/mdm/v2/assets' });
      await fault(held, 'stray-refusal', { errorNumber: 9625, status: 401, path: '/mdm/v2/client/config' });

      const token = await check(held);

      expect(token.health).toMatchObject({ state: 'checking', severity: 'checking', nextStep: { kind: 'wait' } });
      expect(token).toMatchObject({
        assets: held.token.assets,
        identity: { locationName: held.location.locationName },
      });
      const after = await api().call(routes.listTokens, {});
      expect(after.counts.checking).toBe(1);
      expect(after.needYou).toBe(before.needYou);
      const [event] = await eventsOf(held);
      expect(event).toMatchObject({ code: 'token.checking', level: 'info', apple: { errorNumber: 9625 } });
    });
  });

  describe('an answer about another location', () => {
    test('stops the scan, stores nothing, and causes a state that names both', async () => {
      const other = await addLocation(stack());
      const held = await holdLocation(stack());
      const { uId } = held.location;
      await fault(held, 'uid-changes', { to: other.uId, rows: 'other' });
      const rows = async () => {
        const { asset_metadata: _names, ...tables } = await storedRows(stack());
        return [tables.assets, tables.assignments, tables.users];
      };
      const before = await rows();

      const { health } = await scan(held, 'failed');

      expect(health).toMatchObject({ state: 'other-location', severity: 'broken' });
      expect(health.cause).toContain(other.uId);
      expect(health.cause).toContain(uId);
      expect(await rows()).toEqual(before);
      const [state] = (await eventsOf(held)).filter(({ code }) => code === 'token.other-location');
      expect(state).toMatchObject({ level: 'error' });
      expect(state?.apple?.line).toContain(`about location ${other.uId}, not ${uId}`);
      expect((await shown(held)).identity.uId).toBe(uId);
      await stack().apple.endFaults();
      expect((await check(held)).health.state).toBe('healthy');
    });

    test('that occurs once is logged as an error, and leaves the token healthy', async () => {
      const other = await addLocation(stack());
      const held = await holdLocation(stack());
      await fault(held, 'uid-changes', { to: other.uId, times: 1 });

      const { health } = await check(held);

      expect(health.state).toBe('healthy');
      const [event] = await eventsOf(held);
      expect(event).toMatchObject({ code: 'token.refusal-withdrawn', level: 'error' });
      expect(event?.text).toContain(other.uId);
      expect(event?.text).toContain(held.location.uId);
    });

    test('while it is added or renewed is refused with a code, and nothing is stored', async () => {
      const other = await addLocation(stack());
      const location = await addLocation(stack());
      const held = await holdLocation(stack());
      const file = await stack().apple.tokenFile(location.uId);
      const fresh = await stack().apple.tokenFile(held.location.uId);
      const { policyId } = await addOrganization(api());
      const known = await inspect(api(), file);
      const preview = await api().call(routes.previewRenewal, {
        params: { tokenId: held.tokenId },
        body: bytesOf(fresh),
      });
      for (const { uId } of [location, held.location])
        await stack().apple.fault({ name: 'uid-changes', uId, to: other.uId, path: '/mdm/v2/assets' });
      const before = await api().call(routes.listTokens, {});

      const problems = await Promise.all([
        refused(inspect(api(), file)),
        refused(
          api().call(routes.addToken, {
            params: { policyId },
            query: { fingerprint: known.file.fingerprint, mode: 'watch' },
            body: bytesOf(file),
          }),
        ),
        refused(
          api().call(routes.renewToken, {
            params: { tokenId: held.tokenId },
            query: { fingerprint: preview.file.fingerprint, tokenVersion: preview.tokenVersion },
            body: bytesOf(fresh),
          }),
        ),
      ]);

      for (const problem of problems) {
        expect(problem).toMatchObject({ code: 'token-file.location-unclear', status: 502 });
        expect(problem.detail).toContain(other.uId);
      }
      expect(await api().call(routes.listTokens, {})).toEqual(before);
    });
  });

  describe('an incomplete answer', () => {
    test.each(['uId', 'locationName', 'countryISO2ACode', 'defaultPlatform', 'websiteURL', 'mdmInfo.id'])(
      'without %s changes nothing that is known, and is told once',
      async (member) => {
        const held = await holdLocation(stack());
        const { identity } = await check(held);
        await fault(held, 'missing-member', { member, path: '/mdm/v2/client/config' });

        const token = await check(held);
        await check(held);

        expect(token.health.state).toBe('healthy');
        expect({ ...token.identity, claim: { ...token.identity.claim, seenAt: null } }).toEqual({
          ...identity,
          claim: { ...identity.claim, seenAt: null },
        });
        const told = (await eventsOf(held)).filter(({ code }) => code === 'token.left-out');
        expect(told.map(({ data }) => data.members)).toEqual([[member]]);
      },
    );

    test('without the claim is requested again before the claim counts as gone', async () => {
      const held = await holdLocation(stack());
      await fault(held, 'missing-member', { member: 'mdmInfo', path: '/mdm/v2/client/config', times: 1 });

      expect((await check(held)).identity.claim.state).toBe('ours');
      expect(await codesOf(held)).not.toContain('claim.gone');
    });

    test('a file whose location only the assets name is accepted, and one whose location nothing names is refused', async () => {
      const location = await addLocation(stack());
      const file = await stack().apple.tokenFile(location.uId);
      const { uId } = location;
      await stack().apple.fault({ name: 'missing-member', uId, member: 'uId', path: '/mdm/v2/client/config' });
      const { identity } = await inspect(api(), file);
      await stack().apple.fault({ name: 'missing-member', uId, member: 'uId', path: '/mdm/v2/assets' });

      expect(identity.uId).toBe(uId);
      expect(await refused(inspect(api(), file))).toMatchObject({ code: 'token-file.location-missing', status: 502 });
    });

    test('a renewal keeps what the answer to the new file leaves out', async () => {
      const held = await holdLocation(stack());
      await fault(held, 'missing-member', { member: 'locationName' });
      await fault(held, 'missing-member', { member: 'countryISO2ACode' });

      const token = await renew(api(), held.tokenId, await stack().apple.tokenFile(held.location.uId));

      expect(token.identity).toMatchObject({ locationName: held.location.locationName, country: 'US' });
    });

    test.each(['nul', 'control', 'line-break', 'direction', 'lone-surrogate', 'long', 'empty'])(
      'a name with %s breaks no check and no renewal',
      async (kind) => {
        const held = await holdLocation(stack());
        await fault(held, 'odd-texts', { kind });

        const checked = await check(held);
        const renewed = await renew(api(), held.tokenId, await stack().apple.tokenFile(held.location.uId));

        expect(checked.health.state).toBe('healthy');
        for (const name of [checked.identity.locationName, renewed.identity.locationName]) {
          expect(name).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
          expect(name?.isWellFormed()).toBe(true);
          expect(name?.length).toBeLessThanOrEqual(500);
        }
        await until(
          'the scan of the renewal to end',
          () => shown(held),
          ({ scan: last }) => last?.state === 'succeeded' || last?.state === 'failed',
        );
      },
    );
  });
});
