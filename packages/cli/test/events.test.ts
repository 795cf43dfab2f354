import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Event } from '@winesap/api';
import { expect, test } from 'vitest';
import { event, hoursAgo, revoked, row } from './support/documents.ts';
import { scriptedServer } from './support/scripted-server.ts';
import { startWinesap, winesap } from './support/winesap.ts';

const old = event({ at: hoursAgo(5), text: 'Added by hand.', actor: 'owner@winesap.example' });
const dead = event({ level: 'error', text: 'Apple has revoked this token.', apple: revoked().apple });

test('events are printed with the newest last and Apple’s words below ours', async () => {
  await using server = await scriptedServer({
    'GET /api/events': { json: { events: [dead, old], nextCursor: null, keptDays: 90 } },
  });

  const { out } = await winesap(server.url, ['events']);

  expect(out).toMatch(/· vpp-token +Chicago HQ \(Northwind\): Added by hand\. – owner@winesap\.example\n/);
  expect(out).toMatch(
    /● vpp-token +Chicago HQ \(Northwind\): Apple has revoked this token\.\n +401 - error while retrieving token assets \|\| 9625 - The server has revoked the sToken\.\n$/,
  );
});

test("the filter is sent in the API's form", async () => {
  await using server = await scriptedServer({
    'GET /api/events': { json: { events: [], nextCursor: null, keptDays: 90 } },
  });

  const { out } = await winesap(server.url, [
    'events',
    '--receiver-type',
    'vpp-token',
    '--level',
    'error',
    '--text',
    '9625',
    '--since',
    '2026-11-01T00:00:00Z',
    '--limit',
    '20',
  ]);

  expect(Object.fromEntries(server.received[0]?.query ?? [])).toEqual({
    receiverType: 'vpp-token',
    level: 'error',
    q: '9625',
    from: '2026-11-01T00:00:00.000Z',
    limit: '20',
  });
  expect(out).toBe('No such events. Events are kept 90 days.\n');
});

test('several pages are read by cursor into one document', async () => {
  const page = (count: number, nextCursor: string | null) => ({
    json: { events: Array.from({ length: count }, () => event()), nextCursor, keptDays: 90 },
  });
  await using server = await scriptedServer({ 'GET /api/events': [page(500, 'a'), page(500, 'b'), page(200, 'c')] });

  const { out } = await winesap(server.url, ['events', '--limit', '1200', '--json']);

  expect(JSON.parse(out)).toMatchObject({ nextCursor: 'c', keptDays: 90 });
  expect(JSON.parse(out).events).toHaveLength(1200);
  expect(server.received.map(({ query }) => [query.get('limit'), query.get('cursor')])).toEqual([
    ['500', null],
    ['500', 'a'],
    ['200', 'b'],
  ]);
});

test('a file that breaks off is a failure', async () => {
  await using server = await scriptedServer({
    'GET /api/events.csv': { text: 'at,text\r\n1,one\r\n', type: 'text/csv', cutOff: true },
  });

  const { out, err, code } = await winesap(server.url, ['events', '--csv']);

  expect(out).toBe('at,text\r\n1,one\r\n');
  expect(err).toContain('The file broke off before its end.');
  expect(err).toContain('api.cut-off');
  expect(code).toBe(3);
});

test('--csv passes the server’s file through', async () => {
  await using server = await scriptedServer({
    'GET /api/events.csv': { text: 'at,text\r\n1,"ä"\r\n', type: 'text/csv' },
  });

  const { out, code } = await winesap(server.url, ['events', '--csv', '--level', 'error']);

  expect({ out, code }).toEqual({ out: 'at,text\r\n1,"ä"\r\n', code: 0 });
  expect(server.received[0]?.query.get('level')).toBe('error');
});

const TOKEN = '00000000-0000-4000-8000-000000000001';
const UID = '2049025000431439';

test.each([
  { words: 'notifications list', path: `/api/tokens/${TOKEN}/notifications.csv`, args: [TOKEN, '--state', 'failed'] },
  { words: 'tokens scans', path: `/api/tokens/${TOKEN}/scans.csv`, args: [TOKEN] },
  { words: 'alerts list', path: '/api/alerts.csv', args: ['--state', 'resolved'] },
  { words: 'licenses list', path: '/api/assets.csv', args: ['--low'] },
  { words: 'licenses low', path: '/api/assets.csv', args: [] },
  { words: 'licenses holder', path: '/api/holdings.csv', args: ['C02ABC'] },
  { words: 'licenses history', path: `/api/locations/${UID}/assets/1/STDQ/history.csv`, args: [TOKEN, '1'] },
  { words: 'channels log', path: `/api/channels/${TOKEN}/deliveries.csv`, args: ['On call'] },
])('$words --csv passes the server’s file through, filtered as asked, and not with --json', async (one) => {
  const file = 'at,text\r\n1,"ä"\r\n';
  await using server = await scriptedServer({
    [`GET ${one.path}`]: { text: file, type: 'text/csv' },
    'GET /api/tokens': { json: { tokens: [row({ tokenId: TOKEN, uId: UID })] } },
    'GET /api/channels': { json: { channels: [{ id: TOKEN, name: 'On call' }] } },
  });
  const args = [...one.words.split(' '), ...one.args, '--csv'];

  const { out, code } = await winesap(server.url, args);
  const both = await winesap(server.url, [...args, '--json']);

  expect({ out, code }).toEqual({ out: file, code: 0 });
  const [state] = one.args.slice(-1);
  const asked = server.received.filter(({ path }) => path === one.path);
  expect(asked.map(({ query }) => query.get('state'))).toEqual([one.args.includes('--state') ? state : null]);
  expect(both.code).toBe(2);
  expect(both.out + both.err).toContain('--csv does not go with --json');
});

const NOTE = { organizationId: null, policyId: null, tokenId: null };

/** A server whose log grows, and whose stream breaks off after each message. */
async function growingLog() {
  const log: Event[] = [];
  let wake = () => {};
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    if (url.pathname === '/api/stream') {
      response.setHeader('content-type', 'text/event-stream');
      response.write('data: {"topic":"hello","version":"1"}\n\n');
      wake = () => {
        response.write('data: not json\n\ndata: {"topic":"from the future"}\n\n');
        response.end(`data: ${JSON.stringify({ topic: 'event', ...NOTE, eventId: log.at(-1)?.id })}\n\n`);
      };
      return;
    }
    const from = url.searchParams.get('from') ?? '';
    const events = log.filter(({ at }) => at >= from).toReversed();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ events, nextCursor: null, keptDays: 90 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (...events: Event[]) => {
      log.push(...events);
      wake();
    },
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('--follow prints each event once, including simultaneous ones and those missed during an interruption', async () => {
  using server = await growingLog();
  const at = new Date(Date.now() + 1000).toISOString();
  const told = ['first', 'second', 'third', 'fourth'].map((text) => event({ at, text }));
  const [first, second, third, fourth] = told as [Event, Event, Event, Event];
  server.add(first);
  const child = startWinesap(server.url, ['events', '--follow', '--json']);
  let out = '';
  const lines = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (out.split('\n').length > count) resolve();
      };
      child.stdout.on('data', look);
      look();
    });
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });

  await lines(1);
  server.add(second);
  await lines(2);
  server.add(third, fourth);
  await lines(4);
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));

  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).text),
  ).toEqual(['first', 'second', 'third', 'fourth']);
  expect(code).toBe(130);
});
