import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AppleRefusal, AppleUnreadable, type Exchange } from '../src/index.ts';
import { CONTENT_TOKEN, failure, INNER_SECRET, quickClient } from './builders.ts';
import { answer, answerJson, CLAIM, CONFIG, hangUp, OK, refuse, scriptedServer } from './scripted-server.ts';

describe('requests', () => {
  test('are not sent by creating a client', async () => {
    const server = await scriptedServer(OK);

    quickClient(server.url);
    const { client } = quickClient(server.url);
    await client.clientConfig();

    expect(server.heard).toHaveLength(1);
  });

  test('carry exactly one authorization header and the whole body at every attempt', async () => {
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

  test('for service config carry no token', async () => {
    const server = await scriptedServer(answerJson(200, { limits: { maxAssets: 25 } }));
    const { client } = quickClient(server.url);

    await client.serviceConfig();

    expect(server.heard[0]?.head).not.toMatch(/authorization|cookie/i);
  });

  test('of the legacy API carry the token only in the body', async () => {
    const server = await scriptedServer(answerJson(200, { status: 0, appleId: 'a@example.org' }));
    const { client } = quickClient(server.url);

    await client.legacyClientConfig();

    expect(server.heard[0]?.head).toMatch(/^POST \/mdm\/VPPClientConfigSrv HTTP/);
    expect(server.heard[0]?.head).not.toMatch(/authorization|cookie/i);
    expect(JSON.parse(server.heard[0]?.body ?? '')).toEqual({ sToken: CONTENT_TOKEN });
  });

  test('drop white space and a byte order mark around the token', async () => {
    const server = await scriptedServer(OK);
    const wrapped = `\uFEFF${CONTENT_TOKEN.slice(0, 40)}\r\n${CONTENT_TOKEN.slice(40)}\r\n`;
    const { client } = quickClient(server.url, { contentToken: wrapped });

    await client.clientConfig();

    expect(server.heard[0]?.head).toContain(`Bearer ${CONTENT_TOKEN}\r\n`);
  });

  test('refuse a token that no header can carry, without quoting it', () => {
    expect(() => quickClient('http://127.0.0.1:1', { contentToken: 'gehei\u2603m' })).toThrow(
      new TypeError('contentToken must be the text of a .vpptoken file'),
    );
    expect(() => quickClient('http://127.0.0.1:1', { contentToken: ' \n' })).toThrow(TypeError);
  });
});
describe('answers', () => {
  test('are assembled from slow pieces', async () => {
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

  test('with an error number inside HTTP 200 are refusals', async () => {
    const server = await scriptedServer(refuse(200, 9622, 'Invalid authentication token'));
    const { client } = quickClient(server.url);

    const error = await failure(client.clientConfig());

    expect(error).toBeInstanceOf(AppleRefusal);
    expect(error).toMatchObject({ httpStatus: 200, errorNumber: 9622, tokenProblem: 'invalid', attempts: 1 });
  });

  test('that refuse read as the product shows them', async () => {
    const server = await scriptedServer(refuse(401, 9625, 'The server has revoked the sToken.'));
    const { client } = quickClient(server.url);

    const error = await failure(client.assets());

    expect(error).toMatchObject({
      message: '401 - error while retrieving token assets || 9625 - The server has revoked the sToken.',
      doing: 'retrieving token assets',
      tokenProblem: 'revoked',
    });
  });

  test('keep an unknown number and its IDs', async () => {
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

  test('of the legacy API fail inside HTTP 200', async () => {
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

  test('without a required property name it in the error', async () => {
    const server = await scriptedServer(answerJson(200, { assets: [{ adamId: '1' }, { name: 'x' }], versionId: 'v' }));
    const { client } = quickClient(server.url);

    expect(await failure(client.assets())).toMatchObject({ reason: 'shape', where: 'assets[1].adamId' });
  });

  test('with an endless body are cut off', async () => {
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
describe('the call log', () => {
  test('records every attempt, without secrets', async () => {
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

  test('does not appear in a printed client', () => {
    const { client } = quickClient('http://127.0.0.1:1');

    expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(CONTENT_TOKEN.slice(0, 20));
  });

  test('and the notification secret do not appear in an error about setting it', async () => {
    const server = await scriptedServer(answer(400, 'refused: notify-me-42-please'));
    const { client } = quickClient(server.url);

    const error = await failure(client.setClientConfig({ ...CLAIM, notificationAuthToken: 'notify-me-42-please' }));

    expect(inspect(error)).not.toContain('notify-me-42');
  });
});
