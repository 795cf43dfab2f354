import { type AnyRoute, createApi, type Role, routes } from '@winesap/api';
import { checkProblem, createStrictApi, holdLocation, OWNER, refused, type Session, signIn } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { beforeAll, describe, expect, test } from 'vitest';

const ROLES: readonly Role[] = ['viewer', 'admin', 'owner'];
const ALL = Object.entries(routes) as [string, AnyRoute][];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

/** Returns an address of the route with unknown IDs, so that even an owner changes nothing. */
function nowhere(route: AnyRoute): string {
  return route.path.replaceAll('{adamId}', '1').replace(/\{\w+\}/g, NOWHERE);
}

withStack('embedded', (stack) => {
  const people = new Map<Role, Session>();

  beforeAll(async () => {
    people.set('owner', stack().owner);
    for (const role of ['admin', 'viewer'] as const)
      people.set(role, await stack().join(role, `${role} of the matrix`));
  });

  function sessionOf(role: Role): Session {
    const session = people.get(role);
    if (session === undefined) throw new Error(`Nobody is ${role}.`);
    return session;
  }

  async function knock(
    route: AnyRoute,
    headers: Record<string, string>,
  ): Promise<{ status: number; problem: unknown }> {
    const ended = new AbortController();
    const response = await fetch(stack().url + nowhere(route), {
      method: route.method,
      headers: {
        ...headers,
        ...(route.body === 'token-file' ? { 'content-type': 'application/octet-stream' } : {}),
        ...(route.body !== undefined && route.body !== 'token-file' ? { 'content-type': 'application/json' } : {}),
      },
      // A body that no route accepts: a caller with access is refused by its schema instead.
      ...(route.body === undefined ? {} : { body: route.body === 'token-file' ? '?' : '{"unheard-of":1}' }),
      signal: ended.signal,
    });
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const problem: unknown = isProblem ? await response.json() : null;
    ended.abort();
    return { status: response.status, problem };
  }

  describe('permissions', () => {
    test.each(ALL.map(([id, route]) => ({ id, route, access: route.access })))(
      '$id needs: $access',
      async ({ id, route }) => {
        const stranger = await knock(route, {});
        // Sign-in has its own 401, for a wrong password.
        if (route.access === 'public' && id !== 'signIn') expect([401, 403]).not.toContain(stranger.status);
        if (route.access !== 'public') {
          expect(stranger).toMatchObject({ status: 401, problem: { code: 'request.not-signed-in' } });
          checkProblem(route, stranger.problem);
          for (const role of ROLES) {
            const { status, problem } = await knock(route, { cookie: sessionOf(role).cookie });
            if (ROLES.indexOf(role) < ROLES.indexOf(route.access)) {
              expect({ role, status, problem }).toMatchObject({
                role,
                status: 403,
                problem: { code: 'request.not-permitted', data: { needed: route.access, role } },
              });
              checkProblem(route, problem);
            } else {
              expect([401, 403]).not.toContain(status);
              expect(status).toBeLessThan(500);
            }
          }
        }
      },
    );

    test("a key has its creator's rights and no more", async () => {
      const { url } = stack();
      for (const role of ROLES) {
        const { key } = await sessionOf(role).api.call(routes.addKey, { body: { name: `key of ${role}` } });
        const api = createStrictApi({ baseUrl: url, headers: { 'x-api-key': key } });

        expect((await api.call(routes.getMe, {})).role).toBe(role);
        if (role === 'owner') await api.call(routes.listPeople, {});
        else expect((await refused(api.call(routes.listPeople, {}))).code).toBe('request.not-permitted');
      }
    });

    test.each(ALL.filter(([, { withKey }]) => !withKey).map(([id, route]) => ({ id, route })))(
      'an owner’s key cannot $id',
      async ({ route }) => {
        const { key } = await stack().owner.api.call(routes.addKey, { body: { name: 'stolen' } });

        const { status, problem } = await knock(route, { 'x-api-key': key });

        expect({ status, problem }).toMatchObject({ status: 403, problem: { code: 'request.session-needed' } });
        checkProblem(route, problem);
      },
    );

    test("a key can't create keys or people, whoever created it", () => {
      const byPeopleOnly = ALL.filter(([, { withKey }]) => !withKey).map(([id]) => id);

      expect(byPeopleOnly).toEqual(expect.arrayContaining(['addKey', 'addPerson', 'changePerson', 'removePerson']));
    });

    test('a revoked key, a made-up key, and a made-up cookie give no access', async () => {
      const { url, owner } = stack();
      const { key, id } = await owner.api.call(routes.addKey, { body: { name: 'short-lived' } });
      await owner.api.call(routes.removeKey, { params: { keyId: id } });

      for (const headers of [
        { 'x-api-key': key },
        { 'x-api-key': 'made-up' },
        { cookie: 'winesap.session_token=made.up' },
      ]) {
        const problem = await refused(createStrictApi({ baseUrl: url, headers }).call(routes.getMe, {}));
        expect(problem).toMatchObject({ code: 'request.not-signed-in', status: 401 });
      }
    });

    test('a removed person loses access immediately, by key and by session', async () => {
      const { owner, url } = stack();
      const leaver = await stack().join('admin', 'Lee Leaver');
      const { key } = await leaver.api.call(routes.addKey, { body: { name: 'left behind' } });
      const { id } = await leaver.api.call(routes.getMe, {});

      await owner.api.call(routes.removePerson, { params: { personId: id } });

      expect((await refused(leaver.api.call(routes.getMe, {}))).code).toBe('request.not-signed-in');
      const byKey = createStrictApi({ baseUrl: url, headers: { 'x-api-key': key } });
      expect((await refused(byKey.call(routes.getMe, {}))).code).toBe('request.not-signed-in');
      expect((await refused(signIn(url, leaver))).status).toBe(401);
    });

    test('there is always an owner', async () => {
      const { api } = stack().owner;
      const { id } = await api.call(routes.getMe, {});

      const demoted = await refused(
        api.call(routes.changePerson, { params: { personId: id }, body: { role: 'viewer' } }),
      );
      const removed = await refused(api.call(routes.removePerson, { params: { personId: id } }));

      expect(demoted).toMatchObject({ code: 'person.last-owner', status: 409 });
      expect(removed).toMatchObject({ code: 'person.last-owner', status: 409 });
    });

    test('the first run happens once', async () => {
      const api = createStrictApi({ baseUrl: stack().url });

      const problem = await refused(
        api.call(routes.setUp, {
          body: {
            setupCode: stack().setupCode,
            name: 'Eve',
            email: 'eve@elsewhere.example',
            password: 'let-me-in-please',
          },
        }),
      );

      expect(problem).toMatchObject({ code: 'setup.done', status: 409 });
      expect((await api.call(routes.getSetup, {})).needed).toBe(false);
    });

    test("strangers can't sign up", async () => {
      const response = await fetch(`${stack().url}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: stack().url },
        body: JSON.stringify({
          name: 'Eve',
          email: 'eve@elsewhere.example',
          password: 'let-me-in-please',
          role: 'owner',
        }),
      });

      expect(response.ok).toBe(false);
      const { people: all } = await stack().owner.api.call(routes.listPeople, {});
      expect(all.map(({ email }) => email)).not.toContain('eve@elsewhere.example');
    });

    test('sign-in does not reveal whether the address exists', async () => {
      const { url } = stack();
      const wrong = await refused(signIn(url, { ...OWNER, password: 'not-the-password' }));
      const unknown = await refused(signIn(url, { ...OWNER, email: 'nobody@winesap.example' }));

      expect(wrong).toMatchObject({ code: 'sign-in.refused', status: 401 });
      expect({ ...unknown, instance: '' }).toEqual({ ...wrong, instance: '' });
    });
  });

  describe('a page of another site', () => {
    const CHANGING = ALL.filter(([, { method }]) => method !== 'GET').map(([id, route]) => ({ id, route }));

    test.each(CHANGING)('cannot $id with the cookie of a signed-in person', async ({ id, route }) => {
      const { owner } = stack();
      for (const origin of ['https://evil.example', 'null', `${stack().url}.evil.example`]) {
        const { status, problem } = await knock(route, { cookie: owner.cookie, origin });
        expect({ id, origin, status, problem }).toMatchObject({
          status: 403,
          problem: { code: 'request.foreign-origin' },
        });
      }
    });
  });

  test('signing out ends the session', async () => {
    const { url } = stack();
    const session = await signIn(url, OWNER);
    await session.api.call(routes.getMe, {});

    await createApi({ baseUrl: url, headers: { origin: url, cookie: session.cookie } }).call(routes.signOut, {
      body: {},
    });

    expect((await refused(session.api.call(routes.getMe, {}))).code).toBe('request.not-signed-in');
  });

  test('a viewer sees why a button is disabled', async () => {
    const { policyId } = await holdLocation(stack());

    const { may } = await sessionOf('viewer').api.call(routes.getPolicy, { params: { policyId } });

    for (const permission of Object.values(may)) {
      expect(permission.allowed).toBe(false);
      expect(permission.reason).toMatch(/role admin/);
    }
  });
});
