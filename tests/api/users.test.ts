import { routes } from '@winesap/api';
import { createAppleUsers, type HeldLocation, holdLocation, refused, scanned } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

const BOOK = '900000901';
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
  /** As if users had been read more than a day ago. */
  const dayLater = () =>
    stack().withDatabase(({ db }) => sql`update user_readings set read_at = read_at - interval '25 hours'`.execute(db));
  /** Two scans: requested twice within a minute, the second one reads everything. */
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

  test('the removal preview promises to leave existing users alone', async () => {
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

  test('pages contain every user once, for any search', async () => {
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
});
