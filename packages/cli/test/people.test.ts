import { expect, test } from 'vitest';
import { scriptedServer } from './support/scripted-server.ts';
import { winesap } from './support/winesap.ts';

const AT = '2026-11-01T10:00:00.000Z';
const lee = { id: 'p-1', name: 'Lee Leaver', email: 'lee@winesap.example', role: 'admin', createdAt: AT };
const olive = { id: 'p-2', name: 'Olive', email: 'olive@winesap.example', role: 'owner', createdAt: AT };
const link = (personId: string | null, createdBy: string) => ({
  id: '00000000-0000-4000-8000-000000000001',
  tokenId: '00000000-0000-4000-8000-000000000002',
  locationName: 'Harbor Clinic',
  organizationName: 'Clinics',
  personId,
  createdBy,
  createdAt: AT,
  expiresAt: '2026-12-15T10:00:00.000Z',
  autoConfirm: true,
});
const feed = {
  id: '00000000-0000-4000-8000-000000000003',
  name: 'Dates',
  organizationId: null,
  organizationName: null,
  createdAt: AT,
  createdBy: 'Lee Leaver',
  personId: 'p-1',
  lastReadAt: null,
};
const script = {
  'POST /api/auth/sign-in/email': { json: { user: { id: 'p-2' } } },
  'POST /api/auth/sign-out': { json: {} },
  'GET /api/people': { json: { people: [olive, lee] } },
  'GET /api/people/links': {
    json: { uploadLinks: [link('p-1', 'Lee Leaver'), link(null, 'Gus Gone')], calendarFeeds: [feed] },
  },
  'DELETE /api/people/p-1': { status: 204 },
};
const SIGN_IN = ['--email', 'olive@winesap.example', '--password-file', '-'];
const stdin = 'apples-keep-longer';

test('addresses are listed with their creators, including those without one', async () => {
  await using server = await scriptedServer(script);

  const { out } = await winesap(server.url, ['people', 'links']);

  expect(out).toMatch(/^Lee Leaver +upload link +Harbor Clinic +1 Nov 2026 +15 Dec 2026 /m);
  expect(out).toMatch(/^Gus Gone \(no access\) +upload link /m);
  expect(out).toMatch(/^Lee Leaver +calendar feed +all organizations +1 Nov 2026 +when revoked /m);
});

test('the addresses of one person can be filtered by email address', async () => {
  await using server = await scriptedServer(script);

  const { out } = await winesap(server.url, ['people', 'links', 'lee@winesap.example', '--json']);

  expect(JSON.parse(out)).toEqual({ uploadLinks: [link('p-1', 'Lee Leaver')], calendarFeeds: [feed] });
});

test('removing a person shows beforehand what ends with them', async () => {
  await using server = await scriptedServer(script);

  const { code, out } = await winesap(server.url, ['people', 'remove', 'Lee Leaver', '--yes', ...SIGN_IN], { stdin });

  expect(code).toBe(0);
  expect(out).toContain('1 upload link and 1 calendar feed stop working');
  expect(out).toContain('upload link for Harbor Clinic');
  expect(out).toContain('Lee Leaver no longer has access.');
  const removal = server.received.find(({ method }) => method === 'DELETE');
  expect(removal?.query.get('links')).toBe('end');
  expect(server.requests().at(-1)).toBe('POST /api/auth/sign-out');
});

test('without confirmation no person is removed', async () => {
  await using server = await scriptedServer(script);

  const { code, err } = await winesap(server.url, ['people', 'remove', 'Lee Leaver', ...SIGN_IN], { stdin });

  expect(code).toBe(2);
  expect(err).toContain('--yes');
  expect(server.requests()).not.toContain('DELETE /api/people/p-1');
});

test("a person's shared addresses can be transferred instead", async () => {
  await using server = await scriptedServer(script);
  const args = ['people', 'remove', 'lee@winesap.example', '--links', 'hand-over', '--yes', '--json'];

  const { out } = await winesap(server.url, [...args, ...SIGN_IN], { stdin });

  expect(server.received.find(({ method }) => method === 'DELETE')?.query.get('links')).toBe('hand-over');
  expect(JSON.parse(out)).toMatchObject({ id: 'p-1', removed: true, links: 'hand-over', calendarFeeds: [feed] });
});
