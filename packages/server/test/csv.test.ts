import { connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { logBrokenAnswers } from '../src/http/connection/broken-answers.ts';
import type { Columns } from '../src/http/edge/columns.ts';
import { sendCsv } from '../src/http/edge/csv.ts';
import { createLog } from '../src/log/create-log.ts';

const opened: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

const COLUMNS: Columns<readonly unknown[]> = [
  ['number', ([number]) => number],
  ['word', ([, word]) => word],
];

async function serve(rows: () => AsyncIterable<readonly unknown[]>) {
  const app = Fastify({ forceCloseConnections: true });
  opened.push(app);
  const log: string[] = [];
  const logged = Promise.withResolvers<void>();
  const stream = {
    write: (line: string) => {
      log.push(line);
      logged.resolve();
    },
  };
  logBrokenAnswers(app, createLog({ level: 'info', stream }));
  app.get('/rows.csv', (_request, reply) => sendCsv(reply, 'rows', COLUMNS, rows()).then(() => reply));
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), log, logged: logged.promise };
}

/** Returns everything that arrives, and how the connection ends. */
function receive(url: string, version: '1.0' | '1.1'): Promise<{ text: string; end: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    let end = 'closed';
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET /rows.csv HTTP/${version}\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end = error.code ?? '';
    });
    socket.on('close', () => resolve({ text, end }));
  });
}

/** Enough rows that some are on their way before it breaks. */
const MANY = 20_000;

async function* breaking(after: number) {
  for (let number = 0; number < after; number += 1) yield [number, 'row'];
  throw new Error('the database went away');
}

test.each(['1.0', '1.1'] as const)(
  'an export that breaks off in the middle ends in a way that a client of HTTP/%s notices, and is logged',
  async (version) => {
    const { url, log, logged } = await serve(() => breaking(MANY));

    const { text, end } = await receive(url, version);
    await logged;

    expect(text).not.toContain('\r\n0\r\n\r\n');
    expect(end).toBe('ECONNRESET');
    expect(JSON.parse(log[0] ?? '')).toMatchObject({
      level: 'error',
      message: 'an answer broke off',
      route: '/rows.csv',
      err: { message: 'the database went away' },
    });
    expect(log).toHaveLength(1);
  },
);

test('a failure before the first row is refused like any request, without a file', async () => {
  const { url } = await serve(() => breaking(0));

  const answer = await fetch(`${url}/rows.csv`);

  expect(answer.status).toBe(500);
  expect(answer.headers.get('content-disposition')).toBeNull();
});

test('a complete export is marked as complete, even without rows', async () => {
  const none = await serve(async function* () {});
  const some = await serve(async function* () {
    yield [1, '=1+1'];
  });

  const empty = await (await fetch(`${none.url}/rows.csv`)).text();
  const { text, end } = await receive(some.url, '1.1');

  expect(empty).toBe('number,word\n');
  expect(text).toMatch(/1,'=1\+1\n\r\n0\r\n\r\n$/);
  expect(end).toBe('closed');
});

test('a client that disconnects is not logged, and the rows are released', async () => {
  const letGo = Promise.withResolvers<void>();
  const { url, log } = await serve(async function* () {
    try {
      for (let number = 0; ; number += 1) yield [number, 'row'];
    } finally {
      letGo.resolve();
    }
  });

  const answer = await fetch(`${url}/rows.csv`);
  await answer.body?.cancel();
  await letGo.promise;
  // Everything has been logged by the time another request is answered.
  await fetch(`${url}/elsewhere`);

  expect(log).toEqual([]);
});
