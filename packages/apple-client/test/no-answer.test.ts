import { describe, expect, test } from 'vitest';
import { AppleNoAnswer } from '../src/index.ts';
import { failure, quickClient } from './builders.ts';
import {
  answer,
  CLAIM,
  CONFIG,
  hangUp,
  nobodyThere,
  OK,
  refuse,
  sayNothing,
  scriptedServer,
} from './scripted-server.ts';

describe('no answer', () => {
  test('silence ends in a timeout, and a read is retried', async () => {
    const server = await scriptedServer(sayNothing, OK);
    const { client } = quickClient(server.url);

    expect((await client.clientConfig({ timeoutMs: 50 })).uId).toBe(CONFIG.uId);
    expect(server.heard).toHaveLength(2);
  });

  test('an infinite timeout is not an immediate one', async () => {
    const server = await scriptedServer(OK);
    const { client } = quickClient(server.url);

    const config = await client.clientConfig({ timeoutMs: Number.POSITIVE_INFINITY, retry: { budgetMs: 1e15 } });

    expect(config.uId).toBe(CONFIG.uId);
  });

  test('a body that stops halfway ends in a timeout', async () => {
    const server = await scriptedServer(answer(200, '{"uId":', { 'content-length': '500' }));
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig({ timeoutMs: 50, retry: false }));

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'timeout', mayHaveArrived: false });
  });

  test('a write without an answer may have arrived and is not repeated', async () => {
    const server = await scriptedServer(sayNothing, OK);
    const { client } = quickClient(server.url);

    const error = await failure(client.setClientConfig(CLAIM, { timeoutMs: 50 }));

    expect(error).toBeInstanceOf(AppleNoAnswer);
    expect(error).toMatchObject({ reason: 'timeout', mayHaveArrived: true, attempts: 1 });
    expect(server.heard).toHaveLength(1);
  });

  test('a connection that breaks after a write may have delivered it', async () => {
    const server = await scriptedServer(hangUp, OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ reason: 'network', mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('a connection that breaks during the answer to a write may have delivered it', async () => {
    const server = await scriptedServer((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"uId"');
    });
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ kind: 'no-answer', mayHaveArrived: true });
  });

  test('a read is retried after a broken connection', async () => {
    const server = await scriptedServer(hangUp, hangUp, OK);
    const { client } = quickClient(server.url);

    expect((await client.clientConfig()).locationName).toBe('PS01');
    expect(server.heard).toHaveLength(3);
  });

  test('a write without a connection was never sent, and is retried', async () => {
    const { client, slept } = quickClient(await nobodyThere());

    const error = await failure(client.setClientConfig(CLAIM));

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'network', mayHaveArrived: false, attempts: 5 });
    expect(error).toMatchObject({ detail: expect.stringContaining('ECONNREFUSED') });
    expect(slept).toHaveLength(4);
  });
});
describe('the caller can abort', () => {
  test('while waiting for an answer', async () => {
    const server = await scriptedServer(sayNothing);
    const { client } = quickClient(server.url);
    const stop = new AbortController();

    const call = failure(client.clientConfig({ signal: stop.signal }));
    await server.heardCount(1);
    stop.abort();

    expect(await call).toMatchObject({ kind: 'no-answer', reason: 'aborted', mayHaveArrived: false, attempts: 1 });
  });

  test('while waiting for the next attempt', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'));
    const stop = new AbortController();
    const { client } = quickClient(server.url, {
      time: {
        now: () => 0,
        sleep: (_ms, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason));
            stop.abort();
          }),
      },
    });

    expect(await failure(client.clientConfig({ signal: stop.signal }))).toMatchObject({
      reason: 'aborted',
      attempts: 1,
    });
    expect(server.heard).toHaveLength(1);
  });

  test('before anything was sent', async () => {
    const server = await scriptedServer(OK);
    const { client } = quickClient(server.url);

    const error = await failure(client.setClientConfig(CLAIM, { signal: AbortSignal.abort() }));

    expect(error).toMatchObject({ reason: 'aborted', mayHaveArrived: false });
    expect(server.heard).toHaveLength(0);
  });
});
