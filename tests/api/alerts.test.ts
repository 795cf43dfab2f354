import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routes } from '@winesap/api';
import { holdLocation, listenLive, refused, renew, type Stack, startStack, until } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);
const TIMING = { timeZone: 'Asia/Kathmandu', quiet: null, digest: { kind: 'immediately' as const } };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

async function receiver(answer: { status: number; location?: string }) {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

async function mailbox() {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk) => {
        text += chunk;
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

async function addWebhook(stack: Stack, url: string) {
  const body = { kind: 'webhook', name: 'Hook', url } as const;
  const { id, secret } = await stack.owner.api.call(routes.addChannel, { body });
  return { channelId: id, secret: secret ?? '' };
}

async function firstDelivery(stack: Stack, channelId: string) {
  const [delivery] = await until(
    'an attempt to deliver',
    async () => (await stack.owner.api.call(routes.listDeliveries, { params: { channelId } })).deliveries,
    (list) => list[0] !== undefined && list[0].attempts.length > 0,
  );
  return delivery;
}

withStack(
  'embedded',
  (stack) => {
    test('a token about to expire alerts once, signed, and the alert is resolved by its renewal', async () => {
      const { api } = stack().owner;
      const held = await holdLocation(stack(), { expiresAt: new Date(Date.now() + 5.5 * DAY_MS) });
      const hook = await receiver({ status: 204 });
      const { channelId, secret } = await addWebhook(stack(), hook.url);
      const rule = await api.call(routes.addRule, {
        body: {
          name: 'A week before',
          enabled: true,
          scope: { kind: 'token', tokenId: held.tokenId },
          condition: { kind: 'expiry', days: [30, 7, 3] },
          channelIds: [channelId],
        },
      });

      await until('the webhook', () => hook.received.length > 0);
      const { deliveries } = await api.call(routes.listDeliveries, { params: { channelId } });
      const [{ headers, body } = { headers: {}, body: '' }] = hook.received;
      const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(verified).toMatchObject({ type: 'alerts', data: { alerts: [{ tokenId: held.tokenId }] } });
      expect(body).toContain('expires in 5 days');
      expect(deliveries.map(({ id }) => id)).toEqual([headers['webhook-id']]);

      await stack().restart();
      await renew(api, held.tokenId, await stack().apple.tokenFile(held.location.uId));
      const ofRule = async () =>
        (await api.call(routes.listAlerts, { query: { tokenId: held.tokenId } })).alerts.filter(
          ({ ruleId }) => ruleId === rule.id,
        );
      await until('the alert to be resolved', ofRule, ([one]) => one?.resolvedAt != null, { withinMs: 40_000 });
      expect(await ofRule()).toHaveLength(1);
      expect(hook.received).toHaveLength(1);
    });

    test('an email is readable as text and as HTML', async () => {
      const { api } = stack().owner;
      const { port, mails } = await mailbox();
      const channel = await api.call(routes.addChannel, {
        body: {
          kind: 'email',
          name: 'Mail',
          host: '127.0.0.1',
          port,
          security: 'none',
          from: 'winesap@winesap.example',
          to: ['admin@winesap.example'],
        },
      });
      const { deliveryId } = await api.call(routes.testChannel, { params: { channelId: channel.id } });

      await until('the mail', () => mails.length > 0);
      expect(mails[0]).toContain(`Message-ID: <${deliveryId}@winesap>`);
      expect(mails[0]).toContain('text/plain');
      expect(mails[0]).toContain('text/html');
      expect(await firstDelivery(stack(), channel.id)).toMatchObject({
        state: 'sent',
        attempts: [{ succeeded: true }],
      });
    });

    test('a receiver that is gone disables its channel with an event', async () => {
      const { api } = stack().owner;
      const hook = await receiver({ status: 410 });
      const { channelId } = await addWebhook(stack(), hook.url);
      await api.call(routes.testChannel, { params: { channelId } });

      expect(await firstDelivery(stack(), channelId)).toMatchObject({ state: 'failed' });
      const { channels } = await api.call(routes.listChannels, {});
      expect(channels.find(({ id }) => id === channelId)?.disabledWhy).toContain('410');
      const { events } = await api.call(routes.listEvents, {});
      expect(events.some(({ text }) => text.includes('is disabled'))).toBe(true);
    });

    test.each([
      [500, 'HTTP 500'],
      [302, 'redirects are not followed'],
    ])('an answer of %d to a test is shown; nobody waits for another try', async (status, note) => {
      const { api } = stack().owner;
      const hook = await receiver({ status, location: 'http://127.0.0.1:1/' });
      const { channelId } = await addWebhook(stack(), hook.url);
      await api.call(routes.testChannel, { params: { channelId } });

      const delivery = await firstDelivery(stack(), channelId);
      expect(delivery).toMatchObject({ state: 'failed', attempts: [{ succeeded: false }] });
      expect(delivery?.attempts[0]?.note).toContain(note);
      expect(hook.received).toHaveLength(1);
    });

    test('a rule for an unknown scope is refused, and one whose scope is deleted later shows it', async () => {
      const { api } = stack().owner;
      const nobody = '00000000-0000-4000-8000-000000000000';
      const rule = (scope: Parameters<typeof api.call<typeof routes.addRule>>[1]['body']['scope']) =>
        api.call(routes.addRule, { body: { name: 'Watch', scope, condition: { kind: 'claim' }, channelIds: [] } });

      const refusals = await Promise.all([
        refused(rule({ kind: 'organization', organizationId: nobody })),
        refused(rule({ kind: 'policy', policyId: nobody })),
        refused(rule({ kind: 'token', tokenId: nobody })),
      ]);
      expect(refusals.map(({ code }) => code)).toEqual([
        'organization.not-found',
        'policy.not-found',
        'token.not-found',
      ]);

      const { id: organizationId } = await api.call(routes.addOrganization, { body: { name: 'Short-lived' } });
      const { id } = await rule({ kind: 'organization', organizationId });
      await api.call(routes.deleteOrganization, { params: { organizationId } });
      const { rules } = await api.call(routes.listRules, {});
      expect(rules.find((one) => one.id === id)).toMatchObject({ scopeGone: true, scopeName: null });
      await api.call(routes.removeRule, { params: { ruleId: id } });
    });

    test('a template that does not compile is refused with the position; a valid one is filled', async () => {
      const { api } = stack().owner;
      const hook = await receiver({ status: 200 });
      const body = { kind: 'json' as const, name: 'Tickets', url: hook.url, headers: { 'X-Key': 'pears' } };

      const bad = await refused(api.call(routes.addChannel, { body: { ...body, template: '{\n"a": "{{nope}}"}' } }));
      expect(bad).toMatchObject({ code: 'channel.template-invalid', data: { line: 2, column: 7 } });
      const { id } = await api.call(routes.addChannel, { body: { ...body, template: '{"t":"{{title}}"}' } });
      await api.call(routes.testChannel, { params: { channelId: id } });
      await firstDelivery(stack(), id);
      expect(hook.received).toMatchObject([{ headers: { 'x-key': 'pears' }, body: '{"t":"Winesap: test message"}' }]);

      const { settings } = await api.call(routes.getChannel, { params: { channelId: id } });
      expect(settings).toEqual({ kind: 'json', headerNames: ['X-Key'], template: '{"t":"{{title}}"}' });
      const elsewhere = { kind: 'json' as const, name: 'Tickets', timing: TIMING, url: 'https://elsewhere.invalid/' };
      const moved = { params: { channelId: id }, body: { ...elsewhere, template: '{"t":1}' } };
      expect((await refused(api.call(routes.changeChannel, moved))).code).toBe('channel.secret-needed');
      await api.call(routes.changeChannel, { ...moved, body: { ...moved.body, headers: {} } });
      expect((await api.call(routes.getChannel, { params: { channelId: id } })).channel.target).toBe(
        'elsewhere.invalid',
      );
    });

    test('a changed channel keeps its signing secret, and a disabled one is enabled again', async () => {
      const { api } = stack().owner;
      const answer = { status: 410 };
      const hook = await receiver(answer);
      const { channelId, secret } = await addWebhook(stack(), hook.url);
      const params = { channelId };
      await api.call(routes.testChannel, { params });
      await firstDelivery(stack(), channelId);
      const channel = async () => (await api.call(routes.getChannel, { params })).channel;
      await until('the channel to be disabled', channel, ({ disabledAt }) => disabledAt !== null);
      const change = { kind: 'webhook' as const, name: 'Renamed', timing: TIMING };
      await api.call(routes.changeChannel, { params, body: change });
      const other = { params, body: { ...change, kind: 'slack' as const } };
      expect((await refused(api.call(routes.changeChannel, other))).code).toBe('channel.other-kind');

      await api.call(routes.enableChannel, { params });
      answer.status = 204;
      await api.call(routes.testChannel, { params });
      await until('the second test', () => hook.received.length > 1);
      const { headers, body } = hook.received[1] ?? { headers: {}, body: '' };
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'test' });
      expect(await channel()).toMatchObject({ name: 'Renamed', disabledAt: null, timing: TIMING });
      const { deliveries, nextCursor } = await api.call(routes.listDeliveries, { params, query: { limit: 1 } });
      const next = await api.call(routes.listDeliveries, { params, query: { limit: 1, cursor: nextCursor ?? '' } });
      expect([...deliveries, ...next.deliveries].map(({ kind }) => kind)).toEqual(['test', 'test']);
      expect(next.nextCursor).toBeNull();
      const log = await (await api.open(routes.exportDeliveries, { params, query: {} })).text();
      const [head, ...lines] = log.trim().split('\n');
      expect(head).toBe('createdAt,state,kind,title,alerts,attempts,lastAt,lastNote');
      expect(lines.map((line) => line.split(',').slice(1, 3).join())).toEqual(['sent,test', 'failed,test']);
      const failed = await api.open(routes.exportDeliveries, { params, query: { state: 'failed' } });
      expect((await failed.text()).trim().split('\n')).toEqual([head, lines[1]]);
    });

    test('a new secret signs immediately, the previous one stays valid, and the log says who changed it', async () => {
      const { api } = stack().owner;
      const hook = await receiver({ status: 204 });
      const { channelId, secret } = await addWebhook(stack(), hook.url);
      const params = { channelId };
      const viewer = await stack().join('viewer');
      expect(await refused(viewer.api.call(routes.rotateChannelSecret, { params }))).toMatchObject({
        code: 'request.not-permitted',
      });

      const fresh = await api.call(routes.rotateChannelSecret, { params });
      await api.call(routes.testChannel, { params });
      await until('the test', () => hook.received.length > 0);

      const { headers, body } = hook.received[0] ?? { headers: {}, body: '' };
      for (const one of [fresh.secret, secret])
        expect(new Webhook(one).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'test' });
      const hours = (Date.parse(fresh.bothUntil) - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(23.9);
      expect(hours).toBeLessThanOrEqual(24);
      const { events } = await api.call(routes.listEvents, { query: { q: 'signs with a new secret' } });
      expect(events[0]?.text).toContain('both signatures');
      const { id } = await api.call(routes.addChannel, { body: { kind: 'slack', name: 'Chat', url: hook.url } });
      const unsigned = api.call(routes.rotateChannelSecret, { params: { channelId: id } });
      expect((await refused(unsigned)).code).toBe('channel.not-signed');
    });

    test('alerts are paged, watched live, and acknowledged all at once with an event', async () => {
      const { api } = stack().owner;
      const live = await listenLive(api);
      const tokens = await Promise.all([1, 2, 3].map(() => holdLocation(stack(), { expiresAt: inDays(20) })));
      const { organizationId } = tokens[0] ?? { organizationId: '' };
      const rule = await api.call(routes.addRule, {
        body: { name: 'Month', scope: { kind: 'all' }, condition: { kind: 'expiry', days: [30] }, channelIds: [] },
      });
      const query = { ruleId: rule.id, limit: 2 };
      const first = await until(
        'the alerts',
        () => api.call(routes.listAlerts, { query }),
        ({ counts }) => counts.open >= 3,
      );
      await live.hears('alert');
      const second = await api.call(routes.listAlerts, { query: { ...query, cursor: first.nextCursor ?? '' } });
      const ids = [...first.alerts, ...second.alerts].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(first.alerts).toHaveLength(2);

      const exported = async (state: 'open' | 'acknowledged') => {
        const answer = await api.open(routes.exportAlerts, { query: { ruleId: rule.id, state } });
        return (await answer.text()).trim().split('\n').slice(1);
      };
      const open = await exported('open');
      expect(open.map((line) => line.split(',').slice(0, 3).join())).toEqual(
        [...first.alerts, ...second.alerts].map(({ openedAt, title }) => `${openedAt},open,${title}`),
      );

      const { acknowledged } = await api.call(routes.acknowledgeAlerts, { body: { ruleId: rule.id } });
      expect(await exported('open')).toEqual([]);
      expect(await exported('acknowledged')).toHaveLength(acknowledged);
      expect(acknowledged).toBe(first.counts.open);
      expect((await api.call(routes.listAlerts, { query })).counts).toMatchObject({ open: 0, acknowledged });
      const { events } = await api.call(routes.listEvents, { query: { q: 'at once' } });
      expect(events[0]).toMatchObject({ code: 'alert.acknowledged', actor: expect.any(String) });
      const report = await api.call(routes.getReport, { query: { organizationId } });
      expect(report.expiring.items.map(({ tokenId }) => tokenId)).toContain(tokens[0]?.tokenId);
      live.close();
    });
  },
  { env: { WINESAP_ALLOW_PRIVATE_TARGETS: '1' } },
);

describe('saving a channel refuses', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack?.stop());

  const add = (body: object) =>
    refused(stack.owner.api.call(routes.addChannel, { body: { name: 'Channel', ...body } as never }));
  const json = { kind: 'json', url: 'https://receiver.example.invalid/', template: '{}' };
  const mail = { kind: 'email', port: 25, security: 'none', from: 'a@b.example', to: ['c@d.example'] };

  test.each([
    { kind: 'webhook', url: 'http://127.0.0.1:9999/' },
    { kind: 'slack', url: 'https://localhost/x' },
    { kind: 'teams', url: 'https://[::ffff:10.0.0.1]/x' },
    { ...json, url: 'http://[64:ff9b:1::a00:1]/' },
    { ...mail, host: '192.168.1.1' },
    { ...mail, host: '0177.0.0.1' },
  ])('a private address: $kind $url $host', async (body) => {
    const problem = await add(body);

    expect(problem).toMatchObject({ code: 'channel.private-target', status: 422 });
    expect(problem.title).toContain('is a private address.');
  });

  test.each(['Transfer-Encoding', 'connection', 'Host', 'Content-Length', 'TE', 'Proxy-Connection'])(
    'the header %s',
    async (name) => {
      const problem = await add({ ...json, headers: { authorization: 'Bearer x', [name]: 'chunked' } });

      expect(problem).toMatchObject({ code: 'channel.header-refused', status: 422, data: { name } });
    },
  );

  test('a duplicate header', async () => {
    const problem = await add({ ...json, headers: { 'x-key': '1', 'X-Key': '2' } });

    expect(problem).toMatchObject({ code: 'channel.header-refused', data: { name: 'X-Key', reason: 'twice' } });
  });

  test('a template that nests too deep', async () => {
    const problem = await add({ ...json, template: `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}` });

    expect(problem).toMatchObject({ code: 'channel.template-invalid', status: 422, data: { line: 1 } });
  });

  test("the same on a change, but accepts a name that can't be resolved now", async () => {
    const { api } = stack.owner;
    const { id } = await api.call(routes.addChannel, { body: { name: 'Good', ...json } as never });
    const { channel } = await api.call(routes.getChannel, { params: { channelId: id } });
    const change = (body: object) =>
      api.call(routes.changeChannel, {
        params: { channelId: id },
        body: { kind: 'json', name: 'Good', timing: channel.timing, template: '{}', ...body } as never,
      });

    expect((await refused(change({ url: 'http://10.0.0.1/', headers: {} }))).code).toBe('channel.private-target');
    expect((await refused(change({ headers: { upgrade: 'x' } }))).code).toBe('channel.header-refused');
    await change({ name: 'Better' });
    expect((await api.call(routes.listChannels, {})).channels.map(({ name }) => name)).toEqual(['Better']);
  });
});
