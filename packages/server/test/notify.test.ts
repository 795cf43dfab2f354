import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { Message } from '@winesap/core';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { createNotify } from '../src/notify/create-notify.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const message: Message = {
  id: '6f1c5f3a-0000-4000-8000-000000000001',
  kind: 'alerts',
  title: 'Barn <b>*1*</b> & more',
  text: 'First line\nNext: renew it.',
  createdAt: '2026-11-22T12:00:00.000Z',
  total: 1,
  alerts: [],
  link: 'https://winesap.example/alerts',
};
const secret = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;

interface Got {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server on loopback that records what it receives. */
async function receiver(answer: (response: ServerResponse) => unknown = (response) => response.writeHead(204).end()) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    got.push({ path: request.url ?? '', headers: request.headers, body });
    await answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

const send = (kind: string, settings: object, options: { allowPrivate?: boolean; timeoutMs?: number } = {}) =>
  createNotify({ allowPrivate: true, now: () => new Date(), ...options }).send(kind, JSON.stringify(settings), message);

describe('a signed webhook', () => {
  test('is verified by the reference library, under the ID of the message', async () => {
    const { url, got } = await receiver();

    expect(await send('webhook', { url, secret })).toEqual({ kind: 'sent', note: 'HTTP 204' });
    const headers = got[0]?.headers ?? {};
    const body = got[0]?.body ?? '';
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'alerts' });
    expect(headers['webhook-id']).toBe(message.id);
    expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow();
  });

  test('carries both signatures while the previous secret is valid, and only the new one afterwards', async () => {
    const { url, got } = await receiver();
    const fresh = `whsec_${Buffer.from('another secret of 24 bytes at least').toString('base64')}`;
    const inMs = (ms: number) => ({ secret, until: new Date(Date.now() + ms).toISOString() });

    await send('webhook', { url, secret: fresh, before: inMs(60_000) });
    await send('webhook', { url, secret: fresh, before: inMs(-1) });

    const verify = (at: number, one: string) =>
      new Webhook(one).verify(got[at]?.body ?? '', got[at]?.headers as Record<string, string>);
    expect(verify(0, fresh)).toMatchObject({ type: 'alerts' });
    expect(verify(0, secret)).toMatchObject({ type: 'alerts' });
    expect(verify(1, fresh)).toMatchObject({ type: 'alerts' });
    expect(() => verify(1, secret)).toThrow();
  });

  test.each([
    [500, 'failed', 'HTTP 500'],
    [404, 'failed', 'HTTP 404'],
    [410, 'gone', '410'],
    [301, 'failed', 'redirects are not followed'],
    [307, 'failed', 'redirects are not followed'],
  ])('answered with %d is %s', async (status, kind, note) => {
    const inside = await receiver();
    const { url } = await receiver((response) => response.writeHead(status, { location: inside.url }).end());

    const outcome = await send('webhook', { url, secret });
    expect(outcome.kind).toBe(kind);
    expect(outcome.note).toContain(note);
    expect(inside.got).toEqual([]);
  });

  test('shows the status of a response, but nothing of its body', async () => {
    const { url } = await receiver((response) => response.writeHead(500).end('db password is pears'));

    expect(await send('webhook', { url, secret })).toEqual({ kind: 'failed', note: 'HTTP 500 Internal Server Error' });
  });

  test("shows nothing of stored settings that can't be read", async () => {
    const notify = createNotify({ allowPrivate: true, now: () => new Date() });

    for (const settings of ['pears and apples', '{"url": "pears"}', '{"secret": "whsec_pears"', '"pears"'])
      expect(await notify.send('webhook', settings, message)).toEqual({
        kind: 'failed',
        note: 'The stored settings of this channel cannot be used. Edit the channel and save it again.',
      });
  });

  test('reports how long the receiver asked to wait', async () => {
    const { url } = await receiver((response) => response.writeHead(429, { 'retry-after': '120' }).end());

    expect(await send('webhook', { url, secret })).toMatchObject({ kind: 'failed', retryAfterMs: 120_000 });
  });

  test('fails when answered too slowly: the same message is resent with the same ID', async () => {
    const slow = await receiver(() => undefined);

    const outcome = await send('webhook', { url: slow.url, secret }, { timeoutMs: 150 });
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(outcome.note).toContain('No answer within 150 ms');
    await send('webhook', { url: slow.url, secret }, { timeoutMs: 150 });
    expect(new Set(slow.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('explains an untrusted certificate, or a missing one, in plain words', async () => {
    const tls = createSecureServer(selfSigned(), (_, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => tls.close(resolve)));
    const { url: plain } = await receiver();

    const untrusted = await send('webhook', {
      url: `https://127.0.0.1:${(tls.address() as AddressInfo).port}/`,
      secret,
    });
    expect(untrusted).toMatchObject({ kind: 'failed' });
    expect(untrusted.note).toMatch(/^The certificate of the receiver .+\./);
    const none = await send('webhook', { url: plain.replace('http:', 'https:'), secret });
    expect(none.note).toMatch(/^The receiver does not speak TLS here\./);
  });

  test('to a private address is refused unless allowed; a missing receiver is explained in plain words', async () => {
    const { url, got } = await receiver();

    const refused = await send(
      'webhook',
      { url: url.replace('127.0.0.1', 'localhost'), secret },
      { allowPrivate: false },
    );
    expect(refused.note).toContain('is a private address');
    expect(got).toEqual([]);
    expect((await send('webhook', { url: 'http://127.0.0.1:1/', secret })).note).toMatch(/^Nobody listens/);
  });
});

test('Slack gets blocks in which a name mentions no one', async () => {
  const { url, got } = await receiver((response) => response.writeHead(200).end('ok'));

  expect(await send('slack', { url })).toMatchObject({ kind: 'sent' });
  const body = JSON.parse(got[0]?.body ?? '') as { text: string; blocks: { type: string; text: { text: string } }[] };
  expect(body.text).toBe('Barn &lt;b&gt;*1*&lt;/b&gt; &amp; more');
  expect(body.blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section']);
  expect(body.blocks[2]?.text.text).toBe('<https://winesap.example/alerts|Open in Winesap>');
});

test('Teams gets an adaptive card, line by line, with a button', async () => {
  const { url, got } = await receiver((response) => response.writeHead(202).end());

  expect(await send('teams', { url })).toEqual({ kind: 'sent', note: 'HTTP 202' });
  const body = JSON.parse(got[0]?.body ?? '') as {
    type: string;
    attachments: { contentType: string; content: { body: { text: string }[]; actions: { url: string }[] } }[];
  };
  expect(body.type).toBe('message');
  expect(body.attachments[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
  const card = body.attachments[0]?.content;
  expect(card?.body.map(({ text }) => text)).toEqual(['Barn <b>\\*1\\*</b> & more', 'First line', 'Next: renew it.']);
  expect(card?.actions[0]?.url).toBe(message.link);
});

test('JSON is sent as its template says, with its headers', async () => {
  const { url, got } = await receiver();
  const template = '{"summary":"{{title}}","n":"{{total}}","alerts":"{{alerts}}"}';

  await send('json', { url, headers: { Authorization: 'Bearer x' }, template });
  expect(JSON.parse(got[0]?.body ?? '')).toEqual({ summary: message.title, n: 1, alerts: [] });
  expect(got[0]?.headers).toMatchObject({
    authorization: 'Bearer x',
    'idempotency-key': message.id,
    'content-type': 'application/json',
  });
});

test.each(['Transfer-Encoding', 'connection', 'HOST', 'content-length', 'Upgrade'])(
  'JSON with the header %s, stored before that was refused, is not sent',
  async (name) => {
    const { url, got } = await receiver();

    const outcome = await send('json', { url, headers: { [name]: 'chunked' }, template: '{}' });

    expect(outcome).toEqual({
      kind: 'failed',
      note: `The header ${name} is not sent. Edit the channel and remove it.`,
    });
    expect(got).toEqual([]);
  },
);

describe('email', () => {
  const mailbox = async (options: ConstructorParameters<typeof SMTPServer>[0]) => {
    const mails: string[] = [];
    const server = new SMTPServer({
      ...options,
      onData: (stream, _session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks).toString('utf8'));
          done();
        });
      },
    });
    // Some of these tests are about clients that disconnect in the middle.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return { port: (server.server.address() as AddressInfo).port, mails };
  };
  const settings = (port: number, security: string) => ({
    host: '127.0.0.1',
    port,
    security,
    from: 'winesap@winesap.example',
    to: ['admin@winesap.example', 'second@winesap.example'],
  });

  test('is sent once for all recipients, as text and as HTML', async () => {
    const { port, mails } = await mailbox({ authOptional: true, disabledCommands: ['STARTTLS'] });

    expect(await send('email', settings(port, 'none'))).toEqual({ kind: 'sent', note: 'SMTP 250' });
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(`Message-ID: <${message.id}@winesap>`);
    expect(mails[0]).toContain('Barn &lt;b&gt;');
    expect(mails[0]).toContain('text/plain');
  });

  test.each([
    ['tls', { secure: true }, /^The certificate of the receiver/],
    ['starttls', {}, /^The certificate of the receiver/],
    ['starttls', { disabledCommands: ['STARTTLS'] }, /^The mail server does not offer the encryption/],
  ])('by %s to a server of which nobody can be sure fails in plain words', async (security, options, words) => {
    const { port, mails } = await mailbox({ authOptional: true, ...options });

    const outcome = await send('email', settings(port, security));
    expect(outcome.kind).toBe('failed');
    expect(outcome.note).toMatch(words);
    expect(mails).toEqual([]);
  });

  test('that the server refuses shows its numbers, but nothing of its text', async () => {
    const { port } = await mailbox({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('5.7.1 pears are not relayed'), { responseCode: 554 })),
    });

    const outcome = await send('email', settings(port, 'none'));

    expect(outcome).toEqual({
      kind: 'failed',
      note: 'The mail server does not accept the sender or a recipient. (EENVELOPE, 554 5.7.1, after RCPT TO)',
    });
  });

  test("to a server that isn't an email server shows nothing of its response", async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0-pears\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));

    const outcome = await send('email', settings((server.address() as AddressInfo).port, 'none'));

    expect(outcome.note).toBe('What answers here is no mail server. (EPROTOCOL, after CONN)');
  });

  test('with a wrong password is explained, without showing the password', async () => {
    const { port } = await mailbox({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('no')),
    });

    const outcome = await send('email', { ...settings(port, 'none'), user: 'winesap', password: 'pears-not-apples' });
    expect(outcome.note).toMatch(/^The mail server does not accept user and password/);
    expect(outcome.note).not.toContain('pears');
  });
});

/** The email server's package includes a key and certificate for tests. */
function selfSigned(): { key: string; cert: string } {
  const { key, cert } = new SMTPServer({ secure: true }).options as { key: string; cert: string };
  return { key, cert };
}
