import { randomBytes } from 'node:crypto';
import { type Api, createApi, routes } from '@winesap/api';
import {
  addOrganization,
  createStrictApi,
  holdLocation,
  refused,
  renew,
  type Session,
  scanned,
} from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { describe, expect, test } from 'vitest';

const mark = () => randomBytes(4).toString('hex');

forEachStack((stack) => {
  /** Requests, so that the response is cached; acts; requests again. */
  async function around<T>(ask: () => Promise<T>, act: () => Promise<unknown>): Promise<[before: T, after: T]> {
    await ask();
    const before = await ask();
    await act();
    return [before, await ask()];
  }

  const tokenIn = (api: Api, tokenId: string) => async () =>
    (await api.call(routes.listTokens, {})).tokens.find((token) => token.tokenId === tokenId);

  describe('the next response shows', () => {
    test('a renewal', async () => {
      const { api } = stack().owner;
      const expiresAt = new Date(Date.now() + 10 * 86_400_000 + 3_600_000);
      const { tokenId, location } = await holdLocation(stack(), { expiresAt });
      const file = await stack().apple.tokenFile(location.uId);

      const [before, after] = await around(tokenIn(api, tokenId), () => renew(api, tokenId, file));

      expect(before).toMatchObject({ daysLeft: 10 });
      expect(after?.daysLeft).toBeGreaterThan(300);
      await scanned(api, tokenId);
    });

    test('the end of a scan, in the lists of tokens, assets, and events', async () => {
      const { api } = stack().owner;
      const { tokenId, location } = await holdLocation(stack(), { purchases: [{ adamId: '361309726', quantity: 5 }] });
      const params = { uId: location.uId };
      const read = async () => ({
        token: await tokenIn(api, tokenId)(),
        assets: (await api.call(routes.listLocationAssets, { params })).assets.map(({ total }) => total),
        everywhere: (await api.call(routes.findAssets, { query: { q: '361304891' } })).assets.length,
        scans: (await api.call(routes.listEvents, { query: { tokenId } })).events.length,
      });

      const [before, after] = await around(read, async () => {
        await stack().apple.buy(location.uId, { adamId: '361304891', quantity: 7 });
        await api.call(routes.scanToken, { params: { tokenId } });
        await scanned(api, tokenId);
      });

      expect(before).toMatchObject({ token: { assets: 1 }, assets: [5] });
      expect(after.token).toMatchObject({ assets: 2, scanning: false });
      expect(after.assets.toSorted()).toEqual([5, 7]);
      expect(after.everywhere).toBe(before.everywhere + 1);
      expect(after.scans).toBeGreaterThan(before.scans);
    });

    test('a revoked token, once it was checked', async () => {
      const { api } = stack().owner;
      const { tokenId, appleId } = await holdLocation(stack());
      const params = { tokenId };

      const [before, after] = await around(tokenIn(api, tokenId), async () => {
        await stack().apple.resetPassword(appleId);
        await api.call(routes.checkToken, { params });
      });

      expect(before?.health.state).toBe('healthy');
      expect(after?.health.lastCheckedAt).not.toBe(before?.health.lastCheckedAt);
      expect(after?.health).toEqual((await api.call(routes.getToken, { params })).health);
    });

    test('an added token and a removed one', async () => {
      const { api } = stack().owner;
      const count = async () => (await api.call(routes.listTokens, {})).tokens.length;
      const added = { tokenId: '', locationName: '' };

      const [none, one] = await around(count, async () => {
        const { tokenId, location } = await holdLocation(stack(), { mode: 'watch' });
        Object.assign(added, { tokenId, locationName: location.locationName });
      });
      const [still, gone] = await around(count, () =>
        api.call(routes.removeToken, {
          params: { tokenId: added.tokenId },
          body: { locationName: added.locationName, releaseClaim: false },
        }),
      );

      expect([one, still, gone]).toEqual([none + 1, none + 1, none]);
    });

    test('changes to organizations, policies, rules, and thresholds', async () => {
      const { api } = stack().owner;
      const { organizationId, policyId } = await addOrganization(api);
      const read = async () => ({
        organizations: (await api.call(routes.listOrganizations, {})).organizations.map(({ name }) => name),
        policies: (await api.call(routes.listPolicies, { params: { organizationId } })).policies.map(
          ({ name }) => name,
        ),
        rules: (await api.call(routes.listRules, {})).rules.length,
        thresholds: (await api.call(routes.listThresholds, {})).thresholds.length,
      });
      const name = `Renamed ${mark()}`;

      const [before, after] = await around(read, async () => {
        await api.call(routes.renameOrganization, { params: { organizationId }, body: { name } });
        await api.call(routes.renamePolicy, { params: { policyId }, body: { name } });
        await api.call(routes.setThreshold, {
          body: { scope: { kind: 'organization', organizationId }, threshold: { unit: 'licenses', amount: 3 } },
        });
      });

      expect(before.policies).not.toContain(name);
      expect(after.organizations).toContain(name);
      expect(after.policies).toEqual([name]);
      expect(after.thresholds).toBe(before.thresholds + 1);
    });

    test('every acknowledged change, even if many ask at once', async () => {
      const { api } = stack().owner;
      const viewer = await stack().join('viewer', `Many ${mark()}`);
      const { organizationId } = await addOrganization(api);
      const names = async (by: Api) =>
        (await by.call(routes.listOrganizations, {})).organizations.map(({ name }) => name);
      const missed: string[] = [];
      let reading = true;
      const readers = Array.from({ length: 6 }, async () => {
        while (reading) await names(viewer.api);
      });

      for (let n = 0; n < 25; n++) {
        const name = `Name ${n} of ${organizationId}`;
        await api.call(routes.renameOrganization, { params: { organizationId }, body: { name } });
        const seen = await Promise.all([names(api), names(viewer.api), names(viewer.api)]);
        if (!seen.every((list) => list.includes(name))) missed.push(name);
      }
      reading = false;
      await Promise.all(readers);

      expect(missed).toEqual([]);
    });
  });

  describe('the next request is refused', () => {
    const codeOf = async (api: Api) => (await refused(api.call(routes.getMe, {}))).code;
    /** Twice, so that callers are cached. */
    async function known(person: Session): Promise<Session> {
      await person.api.call(routes.getMe, {});
      await person.api.call(routes.listTokens, {});
      return person;
    }
    const idOf = async (person: Session) => (await person.api.call(routes.getMe, {})).id;

    test('after sign-out', async () => {
      const person = await known(await stack().join('viewer', `Sid ${mark()}`));

      const headers = { origin: stack().url, cookie: person.cookie };
      await createApi({ baseUrl: stack().url, headers }).call(routes.signOut, { body: {} });

      expect(await codeOf(person.api)).toBe('request.not-signed-in');
      expect((await refused(person.api.call(routes.listTokens, {}))).code).toBe('request.not-signed-in');
    });

    test('after a person was removed, by cookie and by key', async () => {
      const person = await known(await stack().join('admin', `Rae ${mark()}`));
      const { key } = await person.api.call(routes.addKey, { body: { name: 'nightly' } });
      const byKey = createStrictApi({ baseUrl: stack().url, headers: { 'x-api-key': key } });
      const personId = (await byKey.call(routes.getMe, {})).id;

      await stack().owner.api.call(routes.removePerson, { params: { personId } });

      expect([await codeOf(person.api), await codeOf(byKey)]).toEqual([
        'request.not-signed-in',
        'request.not-signed-in',
      ]);
    });

    test('after a new password was set', async () => {
      const person = await known(await stack().join('admin', `Pat ${mark()}`));
      const params = { personId: await idOf(person) };

      await stack().owner.api.call(routes.changePerson, { params, body: { password: 'quite-another-one' } });

      expect(await codeOf(person.api)).toBe('request.not-signed-in');
    });

    test('after a key was revoked', async () => {
      const { api } = stack().owner;
      const { id, key } = await api.call(routes.addKey, { body: { name: 'nightly' } });
      const byKey = createStrictApi({ baseUrl: stack().url, headers: { 'x-api-key': key } });
      await byKey.call(routes.getMe, {});
      await byKey.call(routes.getMe, {});

      await api.call(routes.removeKey, { params: { keyId: id } });

      expect(await codeOf(byKey)).toBe('request.not-signed-in');
    });

    test('when a lower role no longer allows it', async () => {
      const person = await known(await stack().join('admin', `Lou ${mark()}`));
      const params = { personId: await idOf(person) };
      await addOrganization(person.api);

      await stack().owner.api.call(routes.changePerson, { params, body: { role: 'viewer' } });

      expect((await refused(addOrganization(person.api))).code).toBe('request.not-permitted');
      expect(await person.api.call(routes.getMe, {})).toMatchObject({ role: 'viewer' });
    });
  });

  describe('a list that the caller already has', () => {
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${stack().url}${path}`, { headers: { cookie: stack().owner.cookie, ...headers } });

    test('is not resent until it changes', async () => {
      const { api } = stack().owner;
      const first = await ask('/api/organizations');
      const etag = first.headers.get('etag') ?? '';
      await first.arrayBuffer();

      const again = await ask('/api/organizations', { 'if-none-match': etag });
      const throughProxy = await ask('/api/organizations', { 'if-none-match': `"other", W/${etag}` });
      await addOrganization(api);
      const changed = await ask('/api/organizations', { 'if-none-match': etag });

      expect([again.status, throughProxy.status, changed.status]).toEqual([304, 304, 200]);
      expect(again.headers.get('etag')).toBe(etag);
      expect(await again.text()).toBe('');
      expect(changed.headers.get('etag')).not.toBe(etag);
      expect(await changed.json()).toEqual(await api.call(routes.listOrganizations, {}));
    });

    test('keeps its ETag after a restart', async () => {
      const before = (await ask('/api/openapi.json')).headers.get('etag');
      const list = (await ask('/api/rules')).headers.get('etag');

      await stack().restart();

      expect((await ask('/api/openapi.json', { 'if-none-match': before ?? '' })).status).toBe(304);
      expect((await ask('/api/rules')).headers.get('etag')).toBe(list);
    });

    test('is not confirmed to a stranger', async () => {
      const etag = (await ask('/api/organizations')).headers.get('etag') ?? '';

      const answer = await fetch(`${stack().url}/api/organizations`, { headers: { 'if-none-match': etag } });

      expect(answer.status).toBe(401);
      expect(answer.headers.get('etag')).toBeNull();
    });

    test('is not stored by browsers and proxies', async () => {
      const answer = await ask('/api/organizations');

      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    });
  });
});
