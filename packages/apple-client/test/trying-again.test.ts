import { describe, expect, test } from 'vitest';
import type { Limiter } from '../src/index.ts';
import { failure, openGate, quickClient } from './builders.ts';
import { answer, CLAIM, OK, refuse, sayNothing, scriptedServer } from './scripted-server.ts';

describe('retries', () => {
  test('have growing pauses and an end', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'));
    const { client, slept } = quickClient(server.url);

    const error = await failure(client.clientConfig());

    expect(error).toMatchObject({ errorNumber: 9603, attempts: 5 });
    expect(slept).toEqual([500, 1000, 2000, 4000]);
  });

  test('choose half of each pause at random', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'));
    const { client, slept } = quickClient(server.url, { random: () => 0 });

    await failure(client.clientConfig());

    expect(slept).toEqual([250, 500, 1000, 2000]);
  });

  test('do not repeat a write after an internal error, which may come after it was done', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ errorNumber: 9603, mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('do not repeat a write after an internal error inside HTTP 200', async () => {
    const server = await scriptedServer(refuse(200, 9603, 'Internal error'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ errorNumber: 9603, mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('do not hurry after a Retry-After of zero', async () => {
    const server = await scriptedServer(refuse(429, 9646, 'busy', { 'retry-after': '0' }));
    const { client, slept } = quickClient(server.url);

    await failure(client.clientConfig());

    expect(slept).toEqual([2000, 4000, 8000, 16_000]);
  });

  test.each([
    ['throttled', refuse(429, 9646, 'busy')],
    ['throttled within 200', refuse(200, 9646, 'busy')],
    ['throttled by something before Apple', answer(429, '<html/>')],
    ['away', answer(503, '')],
    ['in maintenance', refuse(503, 9729, 'maintenance')],
    ['busy until a time nobody understands', refuse(503, 9729, 'maintenance', { 'retry-after': 'soon' })],
    ['busy since a moment ago', refuse(429, 9646, 'busy', { 'retry-after': '-5' })],
  ])('whoever is %s is left alone for a second at least, then longer and longer', async (_what, act) => {
    const server = await scriptedServer(act);
    const { client, slept } = quickClient(server.url, { random: () => 0 });

    await failure(client.clientConfig({ retry: { firstWaitMs: 1 } }));

    expect(slept).toEqual([1000, 2000, 4000, 8000]);
  });

  test.each([
    ['a timeout of a gateway', answer(408, '')],
    ['a bad gateway', answer(502, '<html/>')],
    ['an empty success', answer(200, '')],
    ['half a success', answer(200, '{"uId"')],
    ['a redirect', answer(307, '', { location: '/elsewhere', 'retry-after': '1' })],
  ])('%s leaves open whether a write was done', async (_name, act) => {
    const server = await scriptedServer(act, OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ kind: 'unreadable', mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('do not repeat an invalid request', async () => {
    const server = await scriptedServer(refuse(400, 9602, 'Invalid argument'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.clientConfig())).toMatchObject({ errorNumber: 9602, attempts: 1 });
  });

  test('wait slightly longer than a Retry-After in seconds, never less', async () => {
    const server = await scriptedServer(refuse(503, 9729, 'maintenance', { 'retry-after': '120' }), OK);
    const { client, slept } = quickClient(server.url);

    await client.clientConfig();

    expect(slept).toEqual([132_000]);
  });

  test('read a Retry-After date against the clock of the answer', async () => {
    const headers = { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' };
    const server = await scriptedServer(refuse(503, 9729, 'maintenance', headers), OK);
    const { client, slept } = quickClient(server.url, { random: () => 0 });

    await client.clientConfig();

    expect(slept).toEqual([30_000]);
  });

  test('fail immediately if a Retry-After does not fit into the remaining time, and pass it on', async () => {
    const server = await scriptedServer(refuse(503, 9729, 'maintenance', { 'retry-after': '120' }), OK);
    const { client, slept } = quickClient(server.url);

    const error = await failure(client.clientConfig({ retry: { budgetMs: 60_000 } }));

    expect(error).toMatchObject({ errorNumber: 9729, retryAfterMs: 120_000, attempts: 1 });
    expect(slept).toEqual([]);
  });

  test('cap an absurd Retry-After at one hour', async () => {
    const far = await scriptedServer(refuse(503, 9729, 'x', { 'retry-after': '99999999999' }));
    const odd = await scriptedServer(refuse(503, 9729, 'x', { 'retry-after': 'soon' }));

    expect(await failure(quickClient(far.url).client.clientConfig())).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(await failure(quickClient(odd.url).client.clientConfig())).toMatchObject({ retryAfterMs: null });
  });

  test('that were throttled slow down all users of the limiter', async () => {
    const pauses: number[] = [];
    const server = await scriptedServer(
      refuse(429, 9646, 'busy'),
      refuse(429, 9646, 'busy', { 'retry-after': '2' }),
      OK,
    );
    const { client } = quickClient(server.url, { limiter: { ...openGate, pause: (forMs) => pauses.push(forMs) } });

    await client.clientConfig();

    expect(pauses).toEqual([2000, 2000]);
  });

  test('stop an attempt when the time for the whole call ends', async () => {
    const server = await scriptedServer(sayNothing);
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig({ timeoutMs: 60_000, retry: { budgetMs: 50 } }));

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'timeout', attempts: 1 });
  });

  test("fail with Apple's last error when no turn comes in the remaining time", async () => {
    const server = await scriptedServer(refuse(429, 9646, 'busy'));
    let turns = 0;
    const closing: Limiter = {
      ...openGate,
      run: (work, signal) => {
        turns += 1;
        if (turns === 1) return work();
        return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    const { client } = quickClient(server.url, { limiter: closing });

    const error = await failure(client.clientConfig({ retry: { budgetMs: 2020 } }));

    expect(error).toMatchObject({ kind: 'refused', errorNumber: 9646, attempts: 1 });
  });

  test('report a timeout when there never was a turn', async () => {
    const server = await scriptedServer(OK);
    const limiter: Limiter = {
      ...openGate,
      run: (_work, signal) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    };
    const { client } = quickClient(server.url, { limiter });

    const error = await failure(client.setClientConfig(CLAIM, { retry: { budgetMs: 20 } }));

    expect(error).toMatchObject({ reason: 'timeout', detail: 'waiting for its turn', mayHaveArrived: false });
    expect(server.heard).toHaveLength(0);
  });

  test('can be turned off for one call', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.clientConfig({ retry: false }))).toMatchObject({ attempts: 1 });
  });
});
