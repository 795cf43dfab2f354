import { expect, test } from 'vitest';
import { problem, scriptedServer } from './support/scripted-server.ts';
import { winesap } from './support/winesap.ts';

const feed = (name: string, id: string, organizationName: string | null = null) => ({
  id,
  name,
  organizationId: organizationName === null ? null : '00000000-0000-4000-8000-0000000000aa',
  organizationName,
  createdAt: '2026-11-01T10:00:00.000Z',
  createdBy: 'Olive',
  lastReadAt: null,
});
const ONE = feed('Tokens', '00000000-0000-4000-8000-000000000001');
const TWO = feed('Northwind only', '00000000-0000-4000-8000-000000000002', 'Northwind');
const organization = {
  id: '00000000-0000-4000-8000-0000000000aa',
  name: 'Northwind',
  policies: 1,
  tokens: 1,
  createdAt: '2026-11-01T10:00:00.000Z',
};

test('a new feed’s address is printed first, complete, ready to paste', async () => {
  await using server = await scriptedServer({
    'POST /api/calendar/feeds': { status: 201, json: { feed: ONE, path: '/api/calendar/s3cret.ics' } },
  });

  const { code, out } = await winesap(server.url, ['calendar', 'add', 'Tokens']);

  expect(code).toBe(0);
  expect(out.split('\n')[0]).toBe(`${server.url}/api/calendar/s3cret.ics`);
  expect(JSON.parse(server.received[0]?.body.toString() ?? '')).toEqual({ name: 'Tokens' });
});

test('a feed of one organization names it by its id', async () => {
  await using server = await scriptedServer({
    'GET /api/organizations': { json: { organizations: [organization] } },
    'POST /api/calendar/feeds': { status: 201, json: { feed: TWO, path: '/api/calendar/s3cret.ics' } },
  });

  const { out } = await winesap(server.url, [
    'calendar',
    'add',
    'Northwind only',
    '--organization',
    'northwind',
    '--json',
  ]);

  expect(JSON.parse(out)).toEqual({ feed: TWO, url: `${server.url}/api/calendar/s3cret.ics` });
  expect(JSON.parse(server.received[1]?.body.toString() ?? '')).toMatchObject({ organizationId: organization.id });
});

test('the list shows whose tokens each feed contains and whether a calendar reads it', async () => {
  await using server = await scriptedServer({ 'GET /api/calendar/feeds': { json: { feeds: [TWO, ONE] } } });

  const { out } = await winesap(server.url, ['calendar', 'list']);

  expect(out).toMatch(/^Northwind only +Northwind +1 Nov 2026 +Olive +never +0{8}-/m);
  expect(out).toMatch(/^Tokens +all organizations +/m);
});

test('a feed is revoked by its name', async () => {
  await using server = await scriptedServer({
    'GET /api/calendar/feeds': { json: { feeds: [TWO, ONE] } },
    [`DELETE /api/calendar/feeds/${ONE.id}`]: { status: 204 },
  });

  const { code, out } = await winesap(server.url, ['calendar', 'revoke', 'tokens']);

  expect([code, out]).toEqual([0, 'The feed “Tokens” is revoked.\n']);
});

test('a name that matches no feed, or several, revokes none', async () => {
  const same = feed('Tokens', '00000000-0000-4000-8000-000000000003');
  await using server = await scriptedServer({ 'GET /api/calendar/feeds': { json: { feeds: [ONE, same] } } });

  const none = await winesap(server.url, ['calendar', 'revoke', 'Other']);
  const several = await winesap(server.url, ['calendar', 'revoke', 'Tokens']);

  expect([none.code, several.code]).toEqual([1, 1]);
  expect(none.err).toContain('There is no calendar feed “Other”.');
  expect(several.err).toContain(ONE.id);
  expect(server.requests().filter((request) => request.startsWith('DELETE'))).toEqual([]);
});

test('a refusal by the server is shown in its words', async () => {
  await using server = await scriptedServer({
    'POST /api/calendar/feeds': {
      status: 403,
      json: problem('request.not-permitted', 'This needs the role admin.', 403),
    },
  });

  const { code, err } = await winesap(server.url, ['calendar', 'add', 'Tokens']);

  expect(code).toBe(1);
  expect(err).toContain('This needs the role admin.');
});
