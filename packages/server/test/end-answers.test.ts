import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logBrokenAnswers } from '../src/http/connection/broken-answers.ts';
import { endAnswers } from '../src/http/connection/end-answers.ts';
import { sendCsv } from '../src/http/edge/csv.ts';
import type { Refusal } from '../src/http/refusals/refusal.ts';
import { createLog } from '../src/log/create-log.ts';

let app: FastifyInstance;
let port: number;
let log: string[];
let agent: Agent;
let release: () => void;
let released: Promise<void>;
/** Resolves once it has begun to close. */
let ending: Promise<void>;

beforeEach(() => {
  log = [];
  agent = new Agent({ keepAlive: true });
  ({ promise: released, resolve: release } = Promise.withResolvers<void>());
});
afterEach(async () => {
  agent.destroy();
  release();
  await app.close();
});

async function start(withinMs: number): Promise<void> {
  app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
  const lines = createLog({ level: 'info', stream: { write: (line: string) => log.push(line) } });
  logBrokenAnswers(app, lines);
  endAnswers(app, withinMs, lines);
  ending = new Promise((resolve) => app.addHook('preClose', async () => resolve()));
  app.setErrorHandler((error: Refusal, _request, reply) => reply.status(503).send({ code: error.code }));
  app.get('/quick', async () => 'done');
  app.get('/slow', async () => {
    await released;
    return 'done';
  });
  app.get('/rows.csv', (_request, reply) => sendCsv(reply, 'rows', [['n', ([n]) => n]], rows()).then(() => reply));
  await app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = app.server.address() as AddressInfo);
}

async function* rows() {
  yield [1];
  await released;
  for (let n = 2; n <= 50_000; n++) yield [n];
}

/** Its head. */
async function ask(path: string): Promise<IncomingMessage> {
  const [response] = await once(get({ port, host: '127.0.0.1', path, agent }), 'response');
  return response;
}

async function textOf(response: IncomingMessage): Promise<string> {
  return (await response.setEncoding('utf8').toArray()).join('');
}

test('a response under way is finished, and its connection closed', async () => {
  await start(60_000);
  const arrived = once(app.server, 'request');
  const asked = ask('/slow');
  await arrived;

  const closed = app.close();
  await ending;
  release();
  const answer = await asked;

  expect(await textOf(answer)).toBe('done');
  expect(answer.headers.connection).toBe('close');
  await closed;
  expect(log).toEqual([]);
});

test('a long export is finished to its last row, and an idle connection does not delay the end', async () => {
  await start(60_000);
  await textOf(await ask('/quick'));
  const answer = await ask('/rows.csv');

  const closed = app.close();
  await ending;
  release();
  const text = await textOf(answer);

  expect(text.trimEnd().split('\n')).toHaveLength(50_001);
  await closed;
  expect(log).toEqual([]);
});

test('new requests on an open connection are refused, and new connections are not accepted', async () => {
  await start(60_000);
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /rows.csv HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'readable');

  const closed = app.close();
  await ending;
  socket.write('GET /quick HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(app.server, 'request');
  const refused = await ask('/quick').catch((error: NodeJS.ErrnoException) => error.code);
  release();
  const text = (await socket.setEncoding('utf8').toArray()).join('');

  expect(refused).toBe('ECONNREFUSED');
  expect(text).toContain('HTTP/1.1 503');
  expect(text).toContain('"code":"server.stopping"');
  await closed;
});

test('responses that exceed the time limit are cut, and the log says how many', async () => {
  await start(0);
  const answer = await ask('/rows.csv');

  const closed = app.close();

  await expect(textOf(answer)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await closed;
  expect(log.join('')).toContain('"answers":1');
});
