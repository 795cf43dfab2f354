import { expect, test } from 'vitest';
import { health, revoked, row, tokenList } from './support/documents.ts';
import { problem, scriptedServer } from './support/scripted-server.ts';
import { winesap } from './support/winesap.ts';

const dead = row({ health: revoked() });
const well = row({ organizationName: '林檎学園', locationName: '東京', uId: '2049025000431440', mode: 'watch' });
const soon = row({
  locationName: 'Main',
  organizationName: 'Contoso',
  daysLeft: 12,
  health: health({
    state: 'expiring',
    severity: 'soon',
    label: 'Expiring',
    nextStep: { kind: 'renew', text: 'Renew.' },
  }),
});

test('the list shows state, location, days, and next step of every token, and how many need attention', async () => {
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([dead, soon, well]) });

  const { code, out, err } = await winesap(server.url, ['tokens', 'list']);

  expect(err).toBe('');
  expect(code).toBe(0);
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^State +Organization +Location +Policy +Days left +Last sync +Why → next step$/);
  expect(lines[1]).toMatch(
    /^● Revoked +Northwind +Chicago HQ +Retail +212 +2 h ago +password was probably reset → renew$/,
  );
  expect(lines[2]).toMatch(/^◐ Expiring +Contoso +Main +Retail +12 /);
  expect(lines[3]).toMatch(/^○ Healthy +林檎学園 +東京 +Retail +212 +2 h ago$/);
  expect(out).toContain('2 tokens need you.  ● Broken 1  ◐ Soon 1  ○ Healthy 1  ? Unknown 0');
});

test('the days of an expired token match the words', async () => {
  const over = row({
    daysLeft: -3,
    health: health({ state: 'expired', severity: 'broken', brief: 'expired 2 days ago' }),
  });
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([over]) });

  const { out } = await winesap(server.url, ['tokens', 'list']);

  expect(out).toMatch(/ -2 +2 h ago +expired 2 days ago/);
});

test('without --exit-code the command succeeds, however bad the tokens are', async () => {
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([dead]) });

  expect((await winesap(server.url, ['tokens', 'list'])).code).toBe(0);
});

test.for([
  ['ok', [well], 0],
  ['soon', [well, soon], 1],
  ['broken', [soon, dead, well], 2],
  ['unknown', [well, row({ health: health({ state: 'unknown', severity: 'unknown', label: 'Unknown' }) })], 3],
  ['no token at all', [], 0],
] as const)('--exit-code tells monitoring: %s', async ([, tokens, code]) => {
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([...tokens]) });

  expect((await winesap(server.url, ['tokens', 'list', '--exit-code'])).code).toBe(code);
});

test('--exit-code reports unknown for an unreachable server, a refused key, and an invalid command line', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': { status: 401, json: problem('sign-in.needed', 'Sign in first.', 401) },
  });

  const codes = await Promise.all([
    winesap('http://127.0.0.1:2', ['tokens', 'list', '--exit-code']),
    winesap(server.url, ['tokens', 'list', '--exit-code']),
    winesap(server.url, ['tokens', 'list', '--exit-code', '--nonsense']),
  ]);

  expect(codes.map(({ code }) => code)).toEqual([3, 3, 3]);
});

test("--json prints only the API's document", async () => {
  const list = tokenList([dead, well]);
  await using server = await scriptedServer({ 'GET /api/tokens': list });

  const { out, err } = await winesap(server.url, ['tokens', 'list', '--json']);

  expect(JSON.parse(out)).toEqual(list.json);
  expect(err).toBe('');
});

test('filters are sent to the server', async () => {
  await using server = await scriptedServer({
    'GET /api/organizations': {
      json: {
        organizations: [
          { id: dead.organizationId, name: 'Northwind', policies: 1, tokens: 1, createdAt: dead.lastSyncAt },
        ],
      },
    },
    'GET /api/tokens': tokenList([]),
  });

  const { out } = await winesap(server.url, [
    'tokens',
    'list',
    '--organization',
    'northwind',
    '--state',
    'revoked',
    '--search',
    'hq',
  ]);

  const query = server.received.find(({ path }) => path === '/api/tokens')?.query;
  expect(Object.fromEntries(query ?? [])).toEqual({ organizationId: dead.organizationId, state: 'revoked', q: 'hq' });
  expect(out).toBe('No tokens match these filters.\n');
});

test('a name cannot move the cursor or recolor the terminal', async () => {
  const nasty = row({ locationName: 'HQ\u001b[2J\u001b]0;owned\u0007\u009b31m', organizationName: 'a\nb\u202egnp' });
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([nasty]) });

  const { out } = await winesap(server.url, ['tokens', 'list']);

  expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(out.trimEnd().split('\n')).toHaveLength(4);
});

test('color is for terminals, unless requested, and never with NO_COLOR', async () => {
  await using server = await scriptedServer({ 'GET /api/tokens': tokenList([dead]) });
  const colored = async (env: Record<string, string>) =>
    (await winesap(server.url, ['tokens', 'list'], { env })).out.includes('\u001b[');

  expect(await colored({})).toBe(false);
  expect(await colored({ FORCE_COLOR: '1' })).toBe(true);
  expect(await colored({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
});
