import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AppleNoAnswer, AppleRefusal, AppleUnreadable, type Exchange, type Limiter } from '../src/index.ts';
import { CONTENT_TOKEN, failure, INNER_SECRET, openGate, quickClient } from './builders.ts';
import { answer, answerJson, hangUp, nobodyThere, refuse, sayNothing, scriptedServer } from './scripted-server.ts';

const CONFIG = { uId: '2049025000431439', locationName: 'PS01', tokenExpirationDate: '2030-11-08T22:33:22+0000' };
const OK = answerJson(200, CONFIG);
const CLAIM = { mdmInfo: { id: 'w-1', name: 'Winesap', metadata: '1' } };

describe('what goes out', () => {
  test('creating a client sends nothing', async () => {
    const server = await scriptedServer(OK);

    quickClient(server.url);
    const { client } = quickClient(server.url);
    await client.clientConfig();

    expect(server.heard).toHaveLength(1);
  });

  test('every attempt carries exactly one authorization header and the whole body', async () => {
    const server = await scriptedServer(refuse(429, 9646, 'busy'), refuse(503, 9729, 'moved'), OK);
    const { client } = quickClient(server.url);

    await client.setClientConfig(CLAIM);

    expect(server.heard).toHaveLength(3);
    for (const { head, body } of server.heard) {
      expect(head.match(/^authorization:.*$/gim)).toEqual([`authorization: Bearer ${CONTENT_TOKEN}`]);
      expect(head).toMatch(/^content-type: application\/json$/im);
      expect(JSON.parse(body)).toEqual(CLAIM);
    }
  });

  test('service config is asked without the token', async () => {
    const server = await scriptedServer(answerJson(200, { limits: { maxAssets: 25 } }));
    const { client } = quickClient(server.url);

    await client.serviceConfig();

    expect(server.heard[0]?.head).not.toMatch(/authorization|cookie/i);
  });

  test('the legacy call carries the token in the body and nowhere else', async () => {
    const server = await scriptedServer(answerJson(200, { status: 0, appleId: 'a@example.org' }));
    const { client } = quickClient(server.url);

    await client.legacyClientConfig();

    expect(server.heard[0]?.head).toMatch(/^POST \/mdm\/VPPClientConfigSrv HTTP/);
    expect(server.heard[0]?.head).not.toMatch(/authorization|cookie/i);
    expect(JSON.parse(server.heard[0]?.body ?? '')).toEqual({ sToken: CONTENT_TOKEN });
  });

  test('white space and a byte order mark around the token are left behind', async () => {
    const server = await scriptedServer(OK);
    const wrapped = `\uFEFF${CONTENT_TOKEN.slice(0, 40)}\r\n${CONTENT_TOKEN.slice(40)}\r\n`;
    const { client } = quickClient(server.url, { contentToken: wrapped });

    await client.clientConfig();

    expect(server.heard[0]?.head).toContain(`Bearer ${CONTENT_TOKEN}\r\n`);
  });

  test('a token that no header can carry is refused without quoting it', () => {
    expect(() => quickClient('http://127.0.0.1:1', { contentToken: 'gehei\u2603m' })).toThrow(
      new TypeError('contentToken must be the text of a .vpptoken file'),
    );
    expect(() => quickClient('http://127.0.0.1:1', { contentToken: ' \n' })).toThrow(TypeError);
  });
});

describe('answers', () => {
  test('a slow answer in pieces is put together', async () => {
    const body = JSON.stringify({ ...CONFIG, locationName: 'Große Pause' });
    const server = await scriptedServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
      for (const byte of Buffer.from(body))
        socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.from([byte]), Buffer.from('\r\n')]));
      socket.write('0\r\n\r\n');
    });
    const { client } = quickClient(server.url);

    expect((await client.clientConfig()).locationName).toBe('Große Pause');
  });

  test('an error number inside HTTP 200 is a refusal', async () => {
    const server = await scriptedServer(refuse(200, 9622, 'Invalid authentication token'));
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig());

    expect(error).toBeInstanceOf(AppleRefusal);
    expect(error).toMatchObject({ httpStatus: 200, errorNumber: 9622, tokenProblem: 'invalid', attempts: 1 });
  });

  test('a refusal reads as the product shows it', async () => {
    const server = await scriptedServer(refuse(401, 9625, 'The server has revoked the sToken.'));
    const { client } = quickClient(server.url);

    const error = await failure(client.assets());

    expect(error).toMatchObject({
      message: '401 - error while retrieving token assets || 9625 - The server has revoked the sToken.',
      doing: 'retrieving token assets',
      tokenProblem: 'revoked',
    });
  });

  test('a number nobody knows survives, with its ids', async () => {
    const errorInfo = { assets: [{ adamId: 408709785 }, 'x'], serialNumbers: ['S1', 7], clientUserIds: null };
    const server = await scriptedServer(answerJson(418, { errorNumber: 99999, errorMessage: 'new', errorInfo }));
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig());

    expect(error).toMatchObject({
      errorNumber: 99999,
      tokenProblem: null,
      errorInfo: { assets: [{ adamId: '408709785', pricingParam: null }], serialNumbers: ['S1'], clientUserIds: [] },
    });
  });

  test.each([
    [401, 9621, 'expired'],
    [401, 9625, 'revoked'],
    [401, 9622, 'invalid'],
    [401, 9722, 'invalid'],
    [403, 9637, 'not-permitted'],
    [403, 9647, 'not-permitted'],
    [403, 12345, 'not-permitted'],
    [403, 9642, null],
    [401, 9601, null],
    [400, 9602, null],
  ])('%i with %i is the token problem %s', async (status, number, problem) => {
    const server = await scriptedServer(refuse(status, number, 'no'));
    const { client } = quickClient(server.url);

    expect(await failure(client.clientConfig())).toMatchObject({ tokenProblem: problem, httpStatus: status });
  });

  test('a failure of the legacy call comes in HTTP 200', async () => {
    const server = await scriptedServer(answerJson(200, { status: -1, errorNumber: 9625, errorMessage: 'revoked' }));
    const { client } = quickClient(server.url);

    expect(await failure(client.legacyClientConfig())).toMatchObject({ errorNumber: 9625, tokenProblem: 'revoked' });
  });

  test.each([
    ['an empty body', answer(200, ''), 'empty'],
    ['a page of HTML', answer(200, '<html>Login</html>', { 'content-type': 'text/html' }), 'not-json'],
    ['half a JSON', answer(200, '{"uId":"2049'), 'not-json'],
    ['a list', answer(200, '[1]'), 'shape'],
    ['a word', answer(200, '"yes"'), 'shape'],
    ['404 without a number', answerJson(404, {}), 'status'],
    ['a redirect', answer(302, '', { location: 'http://evil.example/' }), 'redirect'],
  ])('%s is unreadable', async (_name, act, reason) => {
    const server = await scriptedServer(act);
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig({ retry: false }));

    expect(error).toBeInstanceOf(AppleUnreadable);
    expect(error).toMatchObject({ reason, mayHaveArrived: false });
    expect(server.heard).toHaveLength(1);
  });

  test('what an answer cannot do without is named', async () => {
    const server = await scriptedServer(answerJson(200, { assets: [{ adamId: '1' }, { name: 'x' }], versionId: 'v' }));
    const { client } = quickClient(server.url);

    expect(await failure(client.assets())).toMatchObject({ reason: 'shape', where: 'assets[1].adamId' });
  });

  test('an endless body is cut off', async () => {
    const server = await scriptedServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
      const chunk = `10000\r\n${'['.repeat(0x10000)}\r\n`;
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', more);
      more();
    });
    const { client } = quickClient(server.url, { maxResponseBytes: 1_000_000 });

    expect(await failure(client.clientConfig())).toMatchObject({ kind: 'unreadable', reason: 'too-large' });
  });
});

describe('no answer', () => {
  test('silence ends in a timeout, and a read is tried again', async () => {
    const server = await scriptedServer(sayNothing, OK);
    const { client } = quickClient(server.url);

    expect((await client.clientConfig({ timeoutMs: 50 })).uId).toBe(CONFIG.uId);
    expect(server.heard).toHaveLength(2);
  });

  test('no end to the time allowed is not none', async () => {
    const server = await scriptedServer(OK);
    const { client } = quickClient(server.url);

    const config = await client.clientConfig({ timeoutMs: Number.POSITIVE_INFINITY, retry: { budgetMs: 1e15 } });

    expect(config.uId).toBe(CONFIG.uId);
  });

  test('a body that stops half way ends in a timeout', async () => {
    const server = await scriptedServer(answer(200, '{"uId":', { 'content-length': '500' }));
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig({ timeoutMs: 50, retry: false }));

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'timeout', mayHaveArrived: false });
  });

  test('a write that met silence may have arrived and is not repeated', async () => {
    const server = await scriptedServer(sayNothing, OK);
    const { client } = quickClient(server.url);

    const error = await failure(client.setClientConfig(CLAIM, { timeoutMs: 50 }));

    expect(error).toBeInstanceOf(AppleNoAnswer);
    expect(error).toMatchObject({ reason: 'timeout', mayHaveArrived: true, attempts: 1 });
    expect(server.heard).toHaveLength(1);
  });

  test('a connection that breaks after a write may have carried it', async () => {
    const server = await scriptedServer(hangUp, OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ reason: 'network', mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('a connection that breaks in the middle of the answer to a write may have carried it', async () => {
    const server = await scriptedServer((socket) => {
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"uId"');
    });
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ kind: 'no-answer', mayHaveArrived: true });
  });

  test('a connection that breaks is tried again for a read', async () => {
    const server = await scriptedServer(hangUp, hangUp, OK);
    const { client } = quickClient(server.url);

    expect((await client.clientConfig()).locationName).toBe('PS01');
    expect(server.heard).toHaveLength(3);
  });

  test('a write to nobody was never sent, and is tried again', async () => {
    const { client, slept } = quickClient(await nobodyThere());

    const error = await failure(client.setClientConfig(CLAIM));

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'network', mayHaveArrived: false, attempts: 5 });
    expect(error).toMatchObject({ detail: expect.stringContaining('ECONNREFUSED') });
    expect(slept).toHaveLength(4);
  });
});

describe('trying again', () => {
  test('pauses grow, and there is an end to it', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'));
    const { client, slept } = quickClient(server.url);

    const error = await failure(client.clientConfig());

    expect(error).toMatchObject({ errorNumber: 9603, attempts: 5 });
    expect(slept).toEqual([500, 1000, 2000, 4000]);
  });

  test('half of each pause is left to chance', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'));
    const { client, slept } = quickClient(server.url, { random: () => 0 });

    await failure(client.clientConfig());

    expect(slept).toEqual([250, 500, 1000, 2000]);
  });

  test('an internal error may come after a write was done, so that it is not repeated', async () => {
    const server = await scriptedServer(refuse(500, 9603, 'Internal error'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ errorNumber: 9603, mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('an internal error inside HTTP 200 leaves it open as well', async () => {
    const server = await scriptedServer(refuse(200, 9603, 'Internal error'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.setClientConfig(CLAIM))).toMatchObject({ errorNumber: 9603, mayHaveArrived: true });
    expect(server.heard).toHaveLength(1);
  });

  test('a Retry-After of nothing does not lead to hurry', async () => {
    const server = await scriptedServer(refuse(429, 9646, 'busy', { 'retry-after': '0' }));
    const { client, slept } = quickClient(server.url);

    await failure(client.clientConfig());

    expect(slept).toEqual([500, 1000, 2000, 4000]);
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

  test('what is wrong with the request is not repeated', async () => {
    const server = await scriptedServer(refuse(400, 9602, 'Invalid argument'), OK);
    const { client } = quickClient(server.url);

    expect(await failure(client.clientConfig())).toMatchObject({ errorNumber: 9602, attempts: 1 });
  });

  test('Retry-After in seconds is waited for, a little longer, never shorter', async () => {
    const server = await scriptedServer(refuse(503, 9729, 'maintenance', { 'retry-after': '120' }), OK);
    const { client, slept } = quickClient(server.url);

    await client.clientConfig();

    expect(slept).toEqual([132_000]);
  });

  test('Retry-After as a date is read against the clock of the answer', async () => {
    const headers = { date: 'Sun, 22 Nov 2026 10:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' };
    const server = await scriptedServer(refuse(503, 9729, 'maintenance', headers), OK);
    const { client, slept } = quickClient(server.url, { random: () => 0 });

    await client.clientConfig();

    expect(slept).toEqual([30_000]);
  });

  test('a Retry-After that does not fit into the time given ends the call at once and is handed on', async () => {
    const server = await scriptedServer(refuse(503, 9729, 'maintenance', { 'retry-after': '120' }), OK);
    const { client, slept } = quickClient(server.url);

    const error = await failure(client.clientConfig({ retry: { budgetMs: 60_000 } }));

    expect(error).toMatchObject({ errorNumber: 9729, retryAfterMs: 120_000, attempts: 1 });
    expect(slept).toEqual([]);
  });

  test('a senseless Retry-After counts for an hour at most', async () => {
    const far = await scriptedServer(refuse(503, 9729, 'x', { 'retry-after': '99999999999' }));
    const odd = await scriptedServer(refuse(503, 9729, 'x', { 'retry-after': 'soon' }));

    expect(await failure(quickClient(far.url).client.clientConfig())).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(await failure(quickClient(odd.url).client.clientConfig())).toMatchObject({ retryAfterMs: null });
  });

  test('being throttled slows down everybody who shares the limiter', async () => {
    const pauses: number[] = [];
    const server = await scriptedServer(
      refuse(429, 9646, 'busy'),
      refuse(429, 9646, 'busy', { 'retry-after': '2' }),
      OK,
    );
    const { client } = quickClient(server.url, { limiter: { ...openGate, pause: (forMs) => pauses.push(forMs) } });

    await client.clientConfig();

    expect(pauses).toEqual([500, 2000]);
  });

  test('the time for the whole call ends an attempt as well', async () => {
    const server = await scriptedServer(sayNothing);
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig({ timeoutMs: 60_000, retry: { budgetMs: 50 } }));

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'timeout', attempts: 1 });
  });

  test('when there is no turn any more in the time left, what Apple said last is the error', async () => {
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

    const error = await failure(client.clientConfig({ retry: { budgetMs: 520 } }));

    expect(error).toMatchObject({ kind: 'refused', errorNumber: 9646, attempts: 1 });
  });

  test('when there never was a turn, it says so', async () => {
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

describe('being stopped by the caller', () => {
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

describe('the call log', () => {
  test('is told of every attempt, without secrets', async () => {
    const log: Exchange[] = [];
    const server = await scriptedServer(
      refuse(429, 9646, 'busy'),
      hangUp,
      answerJson(200, { versionId: 'v', assets: [] }),
    );
    const { client } = quickClient(server.url, { onExchange: (exchange) => log.push(exchange) });

    await client.assets({ adamId: '408709785' });

    const line = { method: 'GET', path: '/mdm/v2/assets', query: 'adamId=408709785', requestBytes: 0 };
    expect(log).toMatchObject([
      { ...line, attempt: 1, status: 429, errorNumber: 9646 },
      { ...line, attempt: 2, status: null, errorNumber: null, responseBytes: 0 },
      { ...line, attempt: 3, status: 200, errorNumber: null, responseBytes: 29 },
    ]);
    expect(JSON.stringify(log)).not.toContain(CONTENT_TOKEN);
  });

  test('cannot break a call', async () => {
    const server = await scriptedServer(OK);
    const { client } = quickClient(server.url, {
      onExchange: () => {
        throw new Error('disk full');
      },
    });

    expect((await client.clientConfig()).uId).toBe(CONFIG.uId);
  });
});

describe('the token', () => {
  const echoes: [string, string][] = [
    ['whole', CONTENT_TOKEN],
    ['inner', INNER_SECRET],
    ['cut off', CONTENT_TOKEN.slice(5, 40)],
    ['spelled for a URL', encodeURIComponent(CONTENT_TOKEN)],
    ['in a property', `"sToken":"${CONTENT_TOKEN}"`],
  ];
  test.each(echoes)('echoed by a gateway (%s) is in no error, printed or not', async (_name, echo) => {
    const server = await scriptedServer(
      answer(400, `<p>Bad header: ${echo} thank you</p>`, { 'content-type': 'text/html' }),
      answerJson(401, { errorNumber: 9622, errorMessage: `bad ${echo}`, errorInfo: { serialNumbers: [echo] } }),
    );
    const { client } = quickClient(server.url);

    const shown = [await failure(client.clientConfig()), await failure(client.clientConfig())]
      .map((error) => `${inspect(error, { depth: 9 })} ${JSON.stringify(error)} ${error}`)
      .join();

    for (let at = 0; at + 16 <= CONTENT_TOKEN.length; at++)
      expect(shown).not.toContain(CONTENT_TOKEN.slice(at, at + 16));
    for (let at = 0; at + 16 <= INNER_SECRET.length; at++) expect(shown).not.toContain(INNER_SECRET.slice(at, at + 16));
    expect(shown).toContain('thank you');
  });

  test('is not to be seen in a printed client', () => {
    const { client } = quickClient('http://127.0.0.1:1');

    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(CONTENT_TOKEN.slice(0, 20));
  });

  test('nor the secret for notifications in an error about setting it', async () => {
    const server = await scriptedServer(answer(400, 'refused: notify-me-42-please'));
    const { client } = quickClient(server.url);

    const error = await failure(client.setClientConfig({ ...CLAIM, notificationAuthToken: 'notify-me-42-please' }));

    expect(inspect(error)).not.toContain('notify-me-42');
  });
});
