import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
let token: string;
let uId: string;
beforeAll(async () => {
  apple = await AppleSide.start();
  ({ token, uId } = await apple.location());
  await apple.buy(uId, '900000001', 10);
});
afterAll(() => apple.close());

/** Sends exactly these bytes and gives everything that comes back until the connection ends. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(apple.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

const BODY = '{"assets":[{"adamId":"900000001"}],"serialNumbers":["RAW"]}';

test.each([
  [
    'header names in any case',
    `GET /mdm/v2/assets HTTP/1.1\r\nhost: x\r\nAUTHORIZATION: bearer {token}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'a slash at the end',
    `GET /mdm/v2/assets/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n`,
  ],
  ['HTTP/1.0', `GET /mdm/v2/assets HTTP/1.0\r\nAuthorization: Bearer {token}\r\n\r\n`],
  [
    'parameters in any order',
    `GET /mdm/v2/assets?unlimited=TRUE&pageIndex=0&adamId=900000001 HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'unknown parameters',
    `GET /mdm/v2/users?includeRetired=0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n`,
  ],
  [
    'a charset and capitals in the content type',
    `POST /mdm/v2/assets/associate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: Application/JSON; charset=UTF-8\r\nContent-Length: ${BODY.length}\r\nConnection: close\r\n\r\n${BODY}`,
  ],
  [
    'a chunked body',
    `POST /mdm/v2/assets/associate HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n10\r\n${BODY.slice(0, 16)}\r\n${(BODY.length - 16).toString(16)}\r\n${BODY.slice(16)}\r\n0\r\n\r\n`,
  ],
  [
    'a POST without a body where none is needed',
    `POST /mdm/v2/client/config HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
  ],
])('%s', async (_name, text) => {
  const answer = await exchange(text.replace('{token}', token));

  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toMatch(/content-type: application\/json/i);
  expect(answer).toContain(`"uId":"${uId}"`);
});

test.each([
  ['GET', '/mdm/v2/assets/associate', 405, 9726],
  ['DELETE', '/mdm/v2/assets', 405, 9726],
])('%s %s is the wrong method', async (method, path, status, errorNumber) => {
  const response = await fetch(`${apple.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });

  expect([response.status, ((await response.json()) as Json).errorNumber]).toEqual([status, errorNumber]);
});

test('a POST of another content type, and one that is no JSON', async () => {
  const post = (type: string, body: string) =>
    fetch(`${apple.url}/mdm/v2/assets/associate`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
    });

  const form = await post('application/x-www-form-urlencoded', 'a=1');
  const broken = await post('application/json', '{"assets":');
  const list = await post('application/json', '[]');

  expect([form.status, ((await form.json()) as Json).errorNumber]).toEqual([415, 9727]);
  expect([broken.status, ((await broken.json()) as Json).errorNumber]).toEqual([400, 9602]);
  expect([list.status, ((await list.json()) as Json).errorNumber]).toEqual([400, 9602]);
});

test.each([[404], [501]])('a path that is not simulated is named with %d', async (unknownPath) => {
  await apple.control('PATCH', '/settings', { unknowns: { unknownPath } });

  const response = await fetch(`${apple.url}/mdm/v2/nothing`);

  expect(response.status).toBe(unknownPath);
  expect(await response.text()).toContain('/mdm/v2/nothing');
});

test('a body nobody needs is refused while it is sent', async () => {
  const status = await new Promise<number | string>((resolve) => {
    const message = request(
      `${apple.url}/mdm/v2/assets/associate`,
      { method: 'POST', headers: { 'content-length': 1e9 } },
      (response) => resolve(response.statusCode ?? 0),
    );
    message.on('error', (error) => resolve(error.message));
    const chunk = Buffer.alloc(1024 * 1024);
    const send = () => {
      while (message.write(chunk)) if (message.destroyed) return;
      message.once('drain', send);
    };
    send();
  });

  expect([413, 'socket hang up', 'write EPIPE', 'read ECONNRESET', 'write ECONNRESET']).toContain(status);
});
