import { routes } from '@winesap/api';
import {
  addOrganization,
  createAppleUsers,
  type HeldLocation,
  heldUsers,
  holdLocation,
  letPass,
  refused,
  scanned,
} from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

const BOOK = '900000901';
const APP = '361309726';
const person = (name: string) => ({ clientUserId: name, email: `${name}@orchard.example` });

forEachStack((stack) => {
  beforeEach(() => stack().apple.settings({ eventDelayMs: 0, eventStepMs: 0 }));
  afterEach(async () => {
    await stack().apple.endFaults();
    await stack().apple.settings({ pageSize: 1000 });
  });

  const api = () => stack().owner.api;
  const usersOf = ({ file }: HeldLocation) => createAppleUsers(stack().appleUrl, file);
  const list = ({ location }: HeldLocation, query: Record<string, string> = {}) =>
    api().call(routes.listUsers, { params: { uId: location.uId }, query });
  const lines = async (held: HeldLocation, query: Record<string, string> = {}) =>
    (await list(held, query)).users.map(({ clientUserId, status, email, licenses }) =>
      [clientUserId, status, email ?? '-', licenses].join(' '),
    );
  const scan = async ({ tokenId }: HeldLocation, ended: 'succeeded' | 'doubtful' | 'failed' = 'succeeded') => {
    await api().call(routes.scanToken, { params: { tokenId } });
    return scanned(api(), tokenId, ended);
  };
  const csv = async (held: HeldLocation, query: Record<string, string> = {}) => {
    const answer = await api().open(routes.exportUsers, { params: { uId: held.location.uId }, query });
    return (await answer.text()).replace('\u{feff}', '').trim().split('\n');
  };
  const lastEvent = async ({ tokenId }: HeldLocation) => {
    const { events } = await api().call(routes.listEvents, { query: { tokenId } });
    return events.find(({ code }) => code === 'scan.succeeded');
  };
  const asked = async () =>
    (await stack().apple.requests()).last
      .filter(({ path }) => path.startsWith('/mdm/v2/') && path !== '/mdm/v2/service/config')
      .map(
        ({ path, query }) =>
          path.replace('/mdm/v2/', '') + (query.includes('sinceVersionId') && path.endsWith('users') ? ' since' : ''),
      );
  /** As if users had been read more than a day ago. */
  const dayLater = () =>
    stack().withDatabase(({ db }) => sql`update user_readings set read_at = read_at - interval '25 hours'`.execute(db));
  /** Two scans: what is pressed twice within a minute reads everything. */
  const scanWhole = async (held: HeldLocation) => {
    await scan(held);
    return scan(held);
  };
  const located = async (...names: string[]) => {
    const held = await holdLocation(stack());
    if (names.length > 0) {
      await usersOf(held).create(...names.map(person));
      await scanWhole(held);
    }
    await stack().withDatabase(({ db }) => sql`update readings set asked_at = null`.execute(db));
    await stack().apple.forgetRequests();
    return held;
  };

  test('a scan reads the users of a location, and the list says what they hold', async () => {
    const held = await holdLocation(stack());
    await usersOf(held).create(person('ben'), {
      ...person('anna'),
      managedAppleId: `a@${held.location.managedDomain}`,
    });
    await usersOf(held).assign(APP, 'anna');
    await usersOf(held).assign(BOOK, 'anna', 'ben');

    await scan(held);
    const token = await scan(held);

    expect(await lines(held)).toEqual([
      'anna Associated anna@orchard.example 2',
      'ben Registered ben@orchard.example 1',
    ]);
    expect(await list(held)).toMatchObject({
      total: 2,
      byStatus: [
        { status: 'Associated', users: 1 },
        { status: 'Registered', users: 1 },
      ],
    });
    expect(token.scan).toMatchObject({ kind: 'full', users: { done: 2, total: 2 } });
    expect((await lastEvent(held))?.text).toMatch(/ 3 assets, 3 assignments, 2 users\.$/);
  });

  test('where nothing changed two things are asked, and users once a day with one request more', async () => {
    const held = await located('anna', 'ben');

    await scan(held);
    const soon = await asked();
    await stack().withDatabase(({ db }) => sql`update readings set asked_at = null`.execute(db));
    await dayLater();
    await stack().apple.forgetRequests();
    const token = await scan(held);

    expect(soon).toEqual(['assets', 'assignments']);
    expect(await asked()).toEqual(['assets', 'assignments', 'users since']);
    expect(token.scan).toMatchObject({ kind: 'changes', users: { done: 2, total: 2 } });
    expect((await lastEvent(held))?.text).toMatch(/: Nothing changed\. /);
  });

  test('who was created, changed and retired since comes with the difference, and the log says how many', async () => {
    const held = await located('anna', 'ben', 'carl');
    await usersOf(held).create(person('dora'), person('emil'), person('fred'));
    await usersOf(held).update({ clientUserId: 'anna', email: 'new@orchard.example' });
    await usersOf(held).retire('ben');
    await dayLater();

    const token = await scan(held);

    expect(await lines(held)).toEqual([
      'anna Registered new@orchard.example 0',
      'ben Retired ben@orchard.example 0',
      'carl Registered carl@orchard.example 0',
      'dora Registered dora@orchard.example 0',
      'emil Registered emil@orchard.example 0',
      'fred Registered fred@orchard.example 0',
    ]);
    expect(token.scan).toMatchObject({
      kind: 'changes',
      changes: { usersRegistered: 3, usersRetired: 1, usersChanged: 1, usersGone: 0 },
    });
    const event = await lastEvent(held);
    expect(event?.text).toContain(': 3 users registered, 1 retired, 1 changed. ');
    expect(JSON.stringify(event)).not.toContain('orchard.example');
  });

  test('a license assigned to somebody unknown has the users asked for, one to somebody known has not', async () => {
    const held = await located('anna');
    await usersOf(held).create(person('ben'));
    await usersOf(held).assign(APP, 'ben');
    await stack().apple.forgetRequests();

    await scan(held);
    const forSomebodyNew = await asked();
    await usersOf(held).assign(APP, 'anna');
    await stack().withDatabase(({ db }) => sql`update readings set asked_at = null`.execute(db));
    await stack().apple.forgetRequests();
    await scan(held);

    expect(forSomebodyNew).toEqual(['assets', 'assignments', 'users since']);
    expect(await asked()).toEqual(['assets', 'assignments']);
    expect(await lines(held)).toEqual([
      'anna Registered anna@orchard.example 1',
      'ben Registered ben@orchard.example 1',
    ]);
  });

  test('removing the token promises to leave its users alone, where there are any', async () => {
    const promises = async ({ tokenId }: HeldLocation) =>
      (await api().call(routes.previewRemoval, { params: { tokenId } })).willNot.join(' ');

    expect(await promises(await located('anna', 'ben'))).toContain('retire a user: what Apple knows of 2 users stays.');
    expect(await promises(await located())).not.toContain('retire a user');
  });

  test('retired users who still hold licenses are found, by search, by status and as CSV', async () => {
    const held = await located('Anna', 'ben', 'carl', 'xavier');
    const apple = usersOf(held);
    await apple.assign(BOOK, 'Anna', 'ben', 'carl');
    await apple.update({ clientUserId: 'xavier', email: 'ANNIKA@orchard.example' });
    await apple.retire('ben', 'xavier');
    await dayLater();
    await scanWhole(held);

    expect(await lines(held, { status: 'Retired', holding: 'true' })).toEqual(['ben Retired ben@orchard.example 1']);
    expect(await lines(held, { status: 'Retired', holding: 'false' })).toEqual([
      'xavier Retired ANNIKA@orchard.example 0',
    ]);
    expect(await lines(held, { q: 'ann' })).toEqual([
      'Anna Registered Anna@orchard.example 1',
      'xavier Retired ANNIKA@orchard.example 0',
    ]);
    expect(await lines(held, { q: 'ORCHARD' })).toEqual([]);
    expect(await csv(held, { status: 'Retired' })).toEqual([
      'clientUserId,status,email,licenses',
      'ben,Retired,ben@orchard.example,1',
      'xavier,Retired,ANNIKA@orchard.example,0',
    ]);
    const { holdings } = await api().call(routes.listHoldings, { query: { holder: 'ben' } });
    expect(holdings.filter(({ location }) => location.uId === held.location.uId)).toMatchObject([
      { kind: 'user', adamId: BOOK, user: { status: 'Retired', email: 'ben@orchard.example' } },
    ]);
    const params = { uId: held.location.uId, adamId: BOOK, pricingParam: 'STDQ' };
    const { holders } = await api().call(routes.listHolders, { params });
    expect(holders.map(({ holder, user }) => `${holder} ${user?.status}`)).toEqual([
      'Anna Registered',
      'ben Retired',
      'carl Registered',
    ]);
    const file = await (await api().open(routes.exportHolders, { params })).text();
    expect(file).toContain('user,ben,Retired,ben@orchard.example\n');
  });

  test('pages hold every user once, whatever is searched', async () => {
    const names = Array.from({ length: 23 }, (_, n) => `u${n}`);
    const held = await located(...names);

    for (const query of [{}, { q: 'U1' }, { status: 'Registered' }]) {
      const whole = (await list(held, { ...query, limit: '500' })).users.map(({ clientUserId }) => clientUserId);
      const paged: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await list(held, { ...query, limit: '4', ...(cursor === null ? {} : { cursor }) });
        paged.push(...page.users.map(({ clientUserId }) => clientUserId));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(paged).toEqual(whole);
      expect(whole).toEqual(names.filter((name) => !('q' in query) || name.startsWith('u1')).sort());
    }
    expect(await refused(list(held, { cursor: 'not-a-place' }))).toMatchObject({ code: 'cursor.invalid' });
  });

  test('a version that Apple does not know any more has all users read', async () => {
    const held = await located('anna', 'ben');
    await usersOf(held).retire('ben');
    await dayLater();
    await stack().apple.fault({ name: 'stale-version', path: '/mdm/v2/users', uId: held.location.uId, times: 1 });

    const token = await scan(held);

    expect((await asked()).filter((one) => one.startsWith('users'))).toContain('users');
    expect(token.scan).toMatchObject({ kind: 'changes', changes: { usersRetired: 1, usersRegistered: 0 } });
    expect(await lines(held)).toEqual(['anna Registered anna@orchard.example 0', 'ben Retired ben@orchard.example 0']);
  });

  test('an answer without users where some were is asked for again before anything is concluded', async () => {
    const held = await located('anna', 'ben');
    await scan(held);
    await stack().apple.forgetRequests();
    await stack().apple.fault({ name: 'empty-users', uId: held.location.uId, times: 1 });

    const token = await scan(held);

    expect((await asked()).filter((one) => one === 'users')).toHaveLength(2);
    expect(token.scan?.changes).toMatchObject({ usersGone: 0, usersRegistered: 0 });
    expect((await list(held)).total).toBe(2);
  });

  test('an answer without users that is confirmed minutes later is stored, said as a warning, and healed by the next full pass', async () => {
    const held = await located('anna', 'ben');
    await scan(held);
    await stack().apple.fault({ name: 'empty-users', uId: held.location.uId });

    const doubtful = await scan(held, 'doubtful');
    const meanwhile = await list(held);
    await letPass(stack(), [held], 3);
    const empty = await scan(held);
    const warning = await lastEvent(held);
    await stack().apple.endFaults();
    const healed = await scan(held);

    expect(doubtful.scan?.discrepancy).toMatchObject({ about: 'users', listed: 0, counted: 2 });
    expect(meanwhile.total).toBe(2);
    expect(empty.scan?.changes?.usersGone).toBe(2);
    expect(warning).toMatchObject({ level: 'warning' });
    expect(warning?.text).toMatch(/speaks against that\. 2 users gone\. /);
    expect(healed.scan?.changes?.usersRegistered).toBe(2);
    expect((await list(held)).total).toBe(2);
  });

  test('a new user whom a list that contradicts itself left out is there with the next scan', async () => {
    const held = await located('anna', 'ben');
    await stack().apple.settings({ pageSize: 2 });
    await usersOf(held).create(person('carl'));
    const fault = { name: 'repeated-page', index: 'own', path: '/mdm/v2/users', page: 'last' };
    await stack().apple.fault({ ...fault, uId: held.location.uId });

    await scanWhole(held);
    const meanwhile = await list(held);
    await stack().apple.endFaults();
    await scan(held);

    expect(meanwhile.total).toBe(2);
    expect((await list(held)).total).toBe(3);
  });

  test('a first list that lacks holders of licenses shows nobody, and the next scan all of a whole one', async () => {
    const { organizationId, policyId, name } = await addOrganization(api());
    await stack().apple.fault({ name: 'short-list', path: '/mdm/v2/users', rows: 3 });
    const fleet = { assets: 3, devices: 2, assignmentsPerDevice: 1, users: 8 };
    const purchases = [{ adamId: BOOK, quantity: 50, productType: 'Book' as const }];
    const wish = { fleet, purchases, organization: name, organizationId, policyId };
    await expect(holdLocation(stack(), wish)).rejects.toThrow('ended succeeded');
    const { tokens } = await api().call(routes.listTokens, { query: {} });
    const { tokenId = '', uId = '' } = tokens.find((one) => one.policyId === policyId) ?? {};
    const users = () => api().call(routes.listUsers, { params: { uId }, query: {} });

    const { scan: torn } = await api().call(routes.getToken, { params: { tokenId } });
    const meanwhile = await users();
    await stack().apple.endFaults();
    await api().call(routes.scanToken, { params: { tokenId } });
    const whole = await scanned(api(), tokenId);

    expect(torn).toMatchObject({ state: 'doubtful', discrepancy: { about: 'users', listed: 5, counted: 8 } });
    expect(meanwhile).toMatchObject({ readAt: null, total: 0 });
    expect(whole.scan).toMatchObject({ kind: 'full', changes: { usersRegistered: 0, usersRetired: 0 } });
    expect(await users()).toMatchObject({ readAt: expect.any(String), total: 8 });
  });

  test('a token that may not read users reads licenses all the same, and the event says why there are no users', async () => {
    const held = await located('ann');
    await stack().apple.fault({
      name: 'unknown-error-number',
      path: '/mdm/v2/users',
      uId: held.location.uId,
      ...{ errorNumber: 9647, status: 403 },
    });
    await stack().apple.churn(held.location.uId, { assign: 1 });
    await dayLater();

    const token = await scan(held);

    expect(token.health.state).toBe('healthy');
    expect(token.scan?.changes?.assigned).toBe(1);
    expect(await lines(held)).toEqual(['ann Registered ann@orchard.example 0']);
    expect(await lastEvent(held)).toMatchObject({
      text: expect.stringContaining('Users were not read: Apple does not let this token read them.'),
      apple: { errorNumber: 9647 },
    });
  });

  test('a scan that fails among the users shows nothing of what it read, and the next one shows all', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `u${n}`);
    const held = await located(...names);
    await usersOf(held).retire('u1', 'u2');
    await usersOf(held).create(person('v'));
    await stack().apple.settings({ pageSize: 10 });
    const before = await lines(held);
    await stack().apple.fault({ name: 'terms', path: '/mdm/v2/users', uId: held.location.uId });
    await dayLater();

    await scan(held, 'failed');
    const meanwhile = await lines(held);
    await stack().apple.endFaults();
    await api().call(routes.checkToken, { params: { tokenId: held.tokenId } });
    const token = await scanWhole(held);

    expect(meanwhile).toEqual(before);
    expect(token.scan?.state).toBe('succeeded');
    const stored = await stack().withDatabase((database) => heldUsers(database, held.location.uId));
    const atApple = (await usersOf(held).list()).map(
      ({ clientUserId, status, email }) => `${clientUserId} ${status} ${email}`,
    );
    expect(stored).toEqual(atApple.sort());
    expect(stored.filter((line) => line.includes('Retired'))).toHaveLength(2);
  });
});
