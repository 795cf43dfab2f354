import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Auth, createAuth } from '../src/auth/create-auth.ts';
import { createLog } from '../src/log/create-log.ts';
import type { Database } from '../src/store/engine/open-database.ts';

const PASSWORD = 'correct horse battery';
const HERE = 'http://127.0.0.1:8470';

forEachEngine((_engine, open) => {
  let database: Database;
  let auth: Auth;
  let clients = 0;
  const lines: string[] = [];
  const log = createLog({ level: 'info', stream: { write: (line) => lines.push(line) } });

  beforeAll(async () => {
    database = await open();
  });

  beforeEach(async () => {
    await sql`truncate auth_user cascade`.execute(database.db);
    auth = createAuth({ db: database.db, publicUrl: HERE, secret: 's'.repeat(43), log });
  });

  /** Makes requests as a separate client, so that tests do not use up each other's tries. */
  function post(path: string, body: object, headers: Record<string, string> = {}, client = `10.0.0.${++clients}`) {
    const request = new Request(`${HERE}/api/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const account = path === '/sign-in/email' ? (body as { email: string }).email : null;
    return auth.handle(request, client, account);
  }

  async function signIn(email: string, password = PASSWORD): Promise<Headers> {
    const response = await post('/sign-in/email', { email, password });
    if (!response.ok) throw new Error(`Signing in was answered with ${response.status}.`);
    return new Headers({ cookie: cookieOf(response) });
  }

  const addOwner = () => auth.people.addFirst({ name: 'Olive', email: 'Olive@School.example', password: PASSWORD });

  test('the first owner signs in, is recognized by the cookie, and signs out', async () => {
    const owner = await addOwner();

    const headers = await signIn('olive@school.example');
    expect((await auth.whoIs(headers))?.person).toEqual(owner);
    expect(owner).toMatchObject({ name: 'Olive', email: 'olive@school.example', role: 'owner' });

    const out = await post('/sign-out', {}, { ...Object.fromEntries(headers), origin: HERE });
    expect(out.status).toBe(200);
    expect(await auth.whoIs(headers)).toBeNull();
  });

  test('two simultaneous first runs create one owner', async () => {
    const both = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) =>
        auth.people.addFirst({ name, email: `${name}@school.example`, password: PASSWORD }),
      ),
    );

    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'setup.done' } });
    expect(await auth.people.count()).toBe(1);
  });

  test('sign-in does not reveal whether the address exists', async () => {
    await addOwner();

    const wrong = await post('/sign-in/email', { email: 'olive@school.example', password: 'not the password' });
    const unknown = await post('/sign-in/email', { email: 'nobody@school.example', password: 'not the password' });

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  test('after ten wrong passwords an account is blocked, and the answer says for how long', async () => {
    await addOwner();
    const answers = [];
    for (let n = 0; n < 11; n++)
      answers.push(await post('/sign-in/email', { email: 'olive@school.example', password: 'x'.repeat(12) }));

    expect(answers.at(0)?.status).toBe(401);
    expect(answers.at(-1)?.status).toBe(429);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('scripts cannot read the cookie, and the response does not repeat its content', async () => {
    await addOwner();

    const response = await post('/sign-in/email', { email: 'olive@school.example', password: PASSWORD });
    const [cookie = ''] = response.headers.getSetCookie();

    expect(cookie).toMatch(/^winesap\.session_token=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Secure/i);
    const secret = decodeURIComponent(cookieOf(response).split('=')[1] ?? '').split('.')[0] ?? '';
    expect(await response.text()).not.toContain(secret);
  });

  test('with https the cookie is sent only over https', async () => {
    await addOwner();
    auth = createAuth({ db: database.db, publicUrl: 'https://winesap.example', secret: 's'.repeat(43) });

    const response = await post(
      '/sign-in/email',
      { email: 'olive@school.example', password: PASSWORD },
      { origin: 'https://winesap.example' },
    );

    expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-winesap\.session_token=.*Secure/i);
    expect(await auth.whoIs(new Headers({ cookie: cookieOf(response) }))).toMatchObject({ person: { name: 'Olive' } });
  });

  test('without a public address people can sign in at any address that they reach', async () => {
    await addOwner();
    auth = createAuth({ db: database.db, publicUrl: null, secret: 's'.repeat(43) });

    const response = await post(
      '/sign-in/email',
      { email: 'olive@school.example', password: PASSWORD },
      { origin: HERE, cookie: 'a=b' },
    );

    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()[0]).not.toMatch(/Secure/i);
  });

  test('another website cannot sign people in or out', async () => {
    await addOwner();

    const response = await post(
      '/sign-in/email',
      { email: 'olive@school.example', password: PASSWORD },
      { origin: 'https://evil.example', cookie: 'a=b' },
    );

    expect(response.status).toBe(403);
    expect(lines.join()).toContain('a remark about signing in');
    expect(lines.join()).not.toContain('"level":"error"');
  });

  test.each(['/sign-up/email', '/update-user', '/get-session', '/api-key/create', '/delete-user', '/list-sessions'])(
    'nobody reaches %s from outside',
    async (path) => {
      const response = await post(path, {
        name: 'Eve',
        email: 'eve@school.example',
        password: PASSWORD,
        role: 'owner',
      });

      expect(response.status).toBe(404);
      expect(await auth.people.count()).toBe(0);
    },
  );

  describe('people', () => {
    test('an address gets access once, in any spelling', async () => {
      await addOwner();

      const again = auth.people.add({
        name: 'Olive',
        email: 'OLIVE@school.example',
        password: PASSWORD,
        role: 'viewer',
      });

      await expect(again).rejects.toMatchObject({ code: 'person.exists' });
    });

    test('the last owner can be neither removed nor demoted, nor can the last two at once', async () => {
      const one = await addOwner();
      const two = await auth.people.add({
        name: 'Otto',
        email: 'otto@school.example',
        password: PASSWORD,
        role: 'owner',
      });

      const both = await Promise.allSettled([
        auth.people.remove(one.id),
        auth.people.change(two.id, { role: 'viewer' }),
      ]);

      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'person.last-owner' } });
      expect((await auth.people.list()).filter(({ role }) => role === 'owner')).toHaveLength(1);
    });

    test('removing a person ends sessions and keys immediately', async () => {
      await addOwner();
      const vera = await auth.people.add({
        name: 'Vera',
        email: 'vera@school.example',
        password: PASSWORD,
        role: 'viewer',
      });
      const headers = await signIn('vera@school.example');
      const { key } = await auth.keys.add(vera.id, { name: 'script' });

      expect(await auth.people.remove(vera.id)).toEqual(vera);

      expect(await auth.whoIs(headers)).toBeNull();
      expect(await auth.whoIs(new Headers({ 'x-api-key': key }))).toBeNull();
    });

    test('a new role applies from the next request on', async () => {
      await addOwner();
      const vera = await auth.people.add({
        name: 'Vera',
        email: 'vera@school.example',
        password: PASSWORD,
        role: 'viewer',
      });
      const headers = await signIn('vera@school.example');

      await auth.people.change(vera.id, { role: 'admin' });

      expect(await auth.whoIs(headers)).toMatchObject({ person: { role: 'admin' } });
    });

    test('a new password ends existing sessions', async () => {
      const owner = await addOwner();
      const headers = await signIn('olive@school.example');

      await auth.people.change(owner.id, { password: 'another good password' });

      expect(await auth.whoIs(headers)).toBeNull();
      await expect(signIn('olive@school.example')).rejects.toThrow('401');
      await expect(signIn('olive@school.example', 'another good password')).resolves.toBeDefined();
    });

    test('a new password ends existing API keys', async () => {
      const owner = await addOwner();
      const { key } = await auth.keys.add(owner.id, { name: 'made by an intruder' });

      await auth.people.change(owner.id, { password: 'another good password' });

      expect(await auth.whoIs(new Headers({ 'x-api-key': key }))).toBeNull();
      expect(await auth.keys.list(owner.id)).toEqual([]);
    });

    test('an unknown person can be neither changed nor removed', async () => {
      await addOwner();

      await expect(auth.people.remove('nobody')).rejects.toMatchObject({ code: 'person.not-found' });
      await expect(auth.people.change('nobody', { role: 'admin' })).rejects.toMatchObject({ code: 'person.not-found' });
    });
  });

  describe('API keys', () => {
    test('a key has the rights of its owner, and its text is nowhere in the database', async () => {
      const owner = await addOwner();

      const made = await auth.keys.add(owner.id, { name: 'monitoring' });
      const headers = new Headers({ 'x-api-key': made.key });

      expect((await auth.whoIs(headers))?.person).toEqual(owner);
      const [listed] = await auth.keys.list(owner.id);
      expect(listed).toEqual({
        id: made.id,
        name: 'monitoring',
        start: made.key.slice(0, 14),
        createdAt: made.createdAt,
        expiresAt: made.expiresAt,
        lastUsedAt: expect.any(String),
      });
      const { rows } = await sql`select k::text as text from auth_api_key k`.execute(database.db);
      expect(JSON.stringify(rows)).not.toContain(made.key.slice(14, 40));
    });

    test('a key ends when it expires or is removed, and only its owner can remove it', async () => {
      const owner = await addOwner();
      const vera = await auth.people.add({
        name: 'Vera',
        email: 'vera@school.example',
        password: PASSWORD,
        role: 'viewer',
      });
      const expired = await auth.keys.add(owner.id, { name: 'old', expiresAt: new Date('2020-01-01') });
      const good = await auth.keys.add(owner.id, { name: 'good', expiresAt: new Date('2999-01-01') });

      await expect(auth.keys.remove(vera, good.id)).rejects.toMatchObject({ code: 'key.not-found' });
      expect(await auth.whoIs(new Headers({ 'x-api-key': expired.key }))).toBeNull();
      expect((await auth.whoIs(new Headers({ 'x-api-key': good.key })))?.person).toEqual(owner);
      await auth.keys.remove(owner, good.id);
      expect(await auth.whoIs(new Headers({ 'x-api-key': good.key }))).toBeNull();
    });

    test('a key expires after a year by default', async () => {
      const owner = await addOwner();

      const made = await auth.keys.add(owner.id, { name: 'monitoring' });

      expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBeCloseTo(365 * 86_400_000, -5);
      expect(await auth.keys.list(owner.id)).toMatchObject([{ expiresAt: made.expiresAt }]);
    });

    test('an owner can list and revoke all keys', async () => {
      const owner = await addOwner();
      const vera = await auth.people.add({
        name: 'Vera',
        email: 'vera@school.example',
        password: PASSWORD,
        role: 'viewer',
      });
      const made = await auth.keys.add(vera.id, { name: 'script' });

      expect(await auth.keys.listAll()).toMatchObject([{ id: made.id, person: { id: vera.id, name: 'Vera' } }]);
      expect(await auth.keys.remove(owner, made.id)).toEqual({ name: 'script', personName: 'Vera' });

      expect(await auth.whoIs(new Headers({ 'x-api-key': made.key }))).toBeNull();
    });

    test('an invalid key identifies no caller', async () => {
      expect(await auth.whoIs(new Headers({ 'x-api-key': 'winesap_guess' }))).toBeNull();
      expect(await auth.whoIs(new Headers({ cookie: 'winesap.session_token=guess.guess' }))).toBeNull();
      expect(await auth.whoIs(new Headers())).toBeNull();
    });
  });
});

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
