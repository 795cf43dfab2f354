import type { LocationUser, UserList } from '@winesap/api';
import { expect, test } from 'vitest';
import { row, tokenList } from './support/documents.ts';
import { scriptedServer } from './support/scripted-server.ts';
import { winesap } from './support/winesap.ts';

const here = row();
const user = (clientUserId: string, change: Partial<LocationUser> = {}): LocationUser => ({
  clientUserId,
  status: 'Registered',
  isActive: true,
  email: `${clientUserId}@orchard.example`,
  licenses: 0,
  ...change,
});
const page = (users: LocationUser[], change: Partial<UserList> = {}): { json: UserList } => ({
  json: {
    users,
    nextCursor: null,
    readAt: new Date().toISOString(),
    total: 1200,
    byStatus: [
      { status: 'Registered', users: 1199 },
      { status: 'Retired', users: 1 },
    ],
    ...change,
  },
});
const PATH = `/api/locations/${here.uId}/users`;

test('users of a location are listed with status, email address, and licenses, and counted by status', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList([here]),
    [`GET ${PATH}`]: [
      page([user('anna', { licenses: 2 })], { nextCursor: 'more' }),
      page([user('ben', { status: 'Retired', isActive: false, email: null, licenses: 1 })]),
    ],
  });

  const { code, out } = await winesap(server.url, ['licenses', 'users', here.locationName]);

  expect(code).toBe(0);
  expect(out).toMatch(/^User +Status +Mail address +Licenses\nanna +Registered +anna@orchard.example +2\n/);
  expect(out).toMatch(/\nben +Retired +1\n/);
  expect(out).toContain('1,200 users · 1,199 Registered · 1 Retired, read just now.');
});

test('retired users who still hold licenses can be filtered by status and --holding, also as JSON', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList([here]),
    [`GET ${PATH}`]: page([user('ben', { status: 'Retired', isActive: false, licenses: 1 })]),
  });

  const asked = ['--search', 'b', '--status', 'Retired', '--holding', '--json'];
  const { out } = await winesap(server.url, ['licenses', 'users', here.uId, ...asked]);

  expect(JSON.parse(out)).toMatchObject({ uId: here.uId, total: 1200, users: [{ clientUserId: 'ben' }], more: false });
  const query = server.received.find(({ path }) => path === PATH)?.query;
  expect([query?.get('q'), query?.get('status'), query?.get('holding')]).toEqual(['b', 'Retired', 'true']);
});

test('--csv writes the export as it arrives, and excludes --json', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList([here]),
    [`GET ${PATH}.csv`]: { text: 'clientUserId,status\nanna,Registered\n', type: 'text/csv; charset=utf-8' },
  });

  const both = await winesap(server.url, ['licenses', 'users', here.uId, '--csv', '--json']);

  expect((await winesap(server.url, ['licenses', 'users', here.uId, '--csv'])).out).toBe(
    'clientUserId,status\nanna,Registered\n',
  );
  expect(both).toMatchObject({ code: 2 });
});

test('the next step is shown if users were never read', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList([here]),
    [`GET ${PATH}`]: page([], { readAt: null, total: 0, byStatus: [] }),
  });

  const { out } = await winesap(server.url, ['licenses', 'users', here.uId]);

  expect(out).toBe('No users were read yet. Scan the location: winesap tokens scan.\n');
});
