import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Alert, Channel, Delivery, Report, Rule } from '@winesap/api';
import { expect, test } from 'vitest';
import { row, tokenList } from './support/documents.ts';
import { scriptedServer } from './support/scripted-server.ts';
import { temporaryFolder, winesap } from './support/winesap.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const AT = '2026-11-01T10:00:00.000Z';
const channel = (change: Partial<Channel> = {}): Channel => ({
  id: id(1),
  kind: 'email',
  name: 'Team',
  target: 'it@northwind.example',
  timing: { timeZone: 'Europe/Berlin', quiet: null, digest: { kind: 'immediately' } },
  report: null,
  createdAt: AT,
  disabledAt: null,
  disabledWhy: null,
  waiting: 0,
  held: 0,
  failing: null,
  ...change,
});
const rule: Rule = {
  id: id(2),
  name: 'Broken',
  enabled: true,
  scope: { kind: 'all' },
  condition: { kind: 'state', entered: ['revoked'], left: [] },
  channelIds: [id(1)],
  urgent: true,
  repeatHours: 4,
  escalation: null,
  scopeName: null,
  scopeGone: false,
  open: 1,
  createdAt: AT,
};
const alert: Alert = {
  id: id(3),
  ruleId: id(2),
  ruleName: 'Broken',
  kind: 'state',
  tokenId: id(4),
  organizationId: id(5),
  organizationName: 'Northwind',
  locationName: 'Barn',
  title: 'Barn: Apple has revoked this token.',
  text: 'Next: renew it.',
  openedAt: AT,
  timesNotified: 3,
  notifiedAt: AT,
  escalatedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
};
const delivery = (state: Delivery['state'], note: string): Delivery => ({
  id: id(6),
  kind: 'test',
  title: 'Winesap: test message',
  alerts: 0,
  createdAt: AT,
  state,
  nextAt: null,
  attempts: [{ attempt: 1, at: AT, succeeded: state === 'sent', note }],
});
const bodyOf = (server: { received: { body: Buffer }[] }, at = -1) =>
  JSON.parse(server.received.at(at)?.body.toString() ?? '') as unknown;

test('a new webhook secret is written to a private file and not shown', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'secret');
  await using server = await scriptedServer({
    'GET /api/channels': { json: { channels: [channel()] } },
    [`POST /api/channels/${id(1)}/secret`]: { json: { secret: 'whsec_bmV3', bothUntil: AT } },
  });

  const args = ['channels', 'rotate-secret', channel().name, '--secret-output', file];
  const { code, out, err } = await winesap(server.url, args);
  const again = await winesap(server.url, args);

  expect(code).toBe(0);
  expect(out + err).not.toContain('whsec');
  expect(out).toContain('both signatures');
  expect(readFileSync(file, 'utf8')).toBe('whsec_bmV3\n');
  expect(again.code).toBe(2);
  expect(again.err).toContain('it exists already');
  expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('a webhook’s address is read from standard input, its secret is written to a private file, and neither is shown', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'secret');
  await using server = await scriptedServer({
    'POST /api/channels': { status: 201, json: { id: id(1), secret: 'whsec_c2VjcmV0' } },
  });

  const args = ['channels', 'add', 'webhook', 'Hook', '--url-file', '-', '--secret-output', file, '--time-zone', 'UTC'];
  const { code, out, err } = await winesap(
    server.url,
    [...args, '--quiet', '22:00-06:30', '--digest', 'monday@08:00'],
    {
      stdin: 'https://hooks.northwind.example/x?key=1\n',
    },
  );

  expect(code).toBe(0);
  expect(out + err).not.toMatch(/whsec|key=1/);
  expect(readFileSync(file, 'utf8')).toBe('whsec_c2VjcmV0\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(bodyOf(server)).toEqual({
    kind: 'webhook',
    name: 'Hook',
    url: 'https://hooks.northwind.example/x?key=1',
    timing: {
      timeZone: 'UTC',
      quiet: { from: '22:00', to: '06:30' },
      digest: { kind: 'weekly', weekday: 1, at: '08:00' },
    },
  });
});

test('an incomplete channel is not created, and a wrong time is refused before the server is asked', async () => {
  const mail = await winesap(null, ['channels', 'add', 'email', 'Team', '--host', 'mail.example']);
  const quiet = await winesap(null, ['channels', 'add', 'slack', 'Chat', '--url-file', '-', '--quiet', '22-6']);

  expect([mail.code, quiet.code]).toEqual([2, 2]);
  expect(mail.err).toContain('needs --to and --from.');
  expect(quiet.err).toContain('Write them like 22:00-07:00');
});

test('editing a channel keeps omitted options', async () => {
  const settings = {
    kind: 'email',
    host: 'mail.example',
    port: 465,
    security: 'tls',
    user: 'winesap',
    from: 'winesap@northwind.example',
    to: ['it@northwind.example'],
    hasPassword: true,
  };
  await using server = await scriptedServer({
    'GET /api/channels': { json: { channels: [channel()] } },
    [`GET /api/channels/${id(1)}`]: { json: { channel: channel(), settings } },
    [`PUT /api/channels/${id(1)}`]: { status: 204 },
  });

  const { code, out } = await winesap(server.url, [
    'channels',
    'edit',
    'team',
    '--report',
    'mon@07:00',
    '--name',
    'IT',
  ]);

  expect([code, out]).toEqual([0, 'IT is changed.\n']);
  const { hasPassword: _, ...kept } = settings;
  expect(bodyOf(server)).toEqual({
    ...kept,
    name: 'IT',
    timing: channel().timing,
    report: { weekday: 1, at: '07:00', organizationId: null },
  });
});

test.each([
  ['sent', 'HTTP 204', 0, 'Team took the test message: HTTP 204'],
  ['failed', 'Nobody listens at this address and port.', 1, 'Team did not take it: Nobody listens'],
] as const)('a test message that was %s says so, and the exit code too', async (state, note, exit, said) => {
  await using server = await scriptedServer({
    'GET /api/channels': { json: { channels: [channel()] } },
    [`POST /api/channels/${id(1)}/test`]: { status: 202, json: { deliveryId: id(6) } },
    [`GET /api/channels/${id(1)}/deliveries`]: [
      { json: { deliveries: [], nextCursor: null } },
      { json: { deliveries: [delivery(state, note)], nextCursor: null } },
    ],
  });

  const { code, out } = await winesap(server.url, ['channels', 'test', 'Team']);

  expect(code).toBe(exit);
  expect(out).toContain(said);
});

test('the list of channels shows when each sends and why one does not work', async () => {
  const broken = channel({ id: id(7), name: 'Hook', kind: 'webhook', disabledAt: AT, disabledWhy: 'it answered 410' });
  const nightly = channel({ timing: { ...channel().timing, digest: { kind: 'daily', at: '08:00' } }, held: 2 });
  await using server = await scriptedServer({ 'GET /api/channels': { json: { channels: [nightly, broken] } } });

  const { out } = await winesap(server.url, ['channels', 'list']);

  expect(out).toMatch(/^Team .* daily at 08:00 \(Europe\/Berlin\) +works, 2 alerts held back$/m);
  expect(out).toMatch(/^Hook .* disabled: it answered 410$/m);
});

test('a rule is created from options and shown in words', async () => {
  await using server = await scriptedServer({
    'GET /api/channels': { json: { channels: [channel(), channel({ id: id(8), name: 'Boss' })] } },
    'GET /api/rules': { json: { rules: [rule] } },
    'POST /api/rules': { status: 201, json: { id: id(9) } },
    [`PUT /api/rules/${id(2)}`]: { status: 204 },
  });
  const run = (...args: string[]) => winesap(server.url, ['rules', ...args]);

  await run(
    'add',
    'Low',
    '--licenses-below',
    '10%',
    '--tell',
    'team',
    '--escalate-after',
    '8',
    '--escalate-to',
    'Boss',
  );
  expect(bodyOf(server)).toEqual({
    name: 'Low',
    scope: { kind: 'all' },
    condition: { kind: 'licenses', below: null, belowPercent: 10, adamIds: [] },
    channelIds: [id(1)],
    urgent: false,
    repeatHours: null,
    escalation: { afterHours: 8, channelIds: [id(8)] },
  });
  await run('edit', 'broken', '--off', '--repeat', 'never');
  expect(bodyOf(server)).toMatchObject({ enabled: false, repeatHours: null, urgent: true, condition: rule.condition });
  const { out } = await run('list');
  expect(out).toContain(
    'Broken · 1 open\n  When a token becomes revoked.\n  Watches everything · notifies Team · urgent · again every 4 hours until acknowledged\n',
  );
  const two = await run('add', 'Both', '--claim', '--expires', '7');
  expect([two.code, two.err]).toEqual([2, expect.stringContaining('A rule has one condition.')]);
});

test('alerts are listed with their state, and acknowledged by ID or all at once', async () => {
  await using server = await scriptedServer({
    'GET /api/alerts': {
      json: { alerts: [alert], nextCursor: null, counts: { open: 1, acknowledged: 0, resolved: 9 } },
    },
    [`POST /api/alerts/${id(3)}/acknowledge`]: { status: 204 },
    [`DELETE /api/alerts/${id(3)}/acknowledge`]: { status: 204 },
    'POST /api/alerts/acknowledge': { json: { acknowledged: 12 } },
  });

  const list = await winesap(server.url, ['alerts', 'list']);
  expect(list.out).toMatch(
    /^Barn: Apple has revoked this token\.\n {2}Next: renew it\.\n {2}Northwind · rule “Broken” · notified .*, 3 times\n/,
  );
  expect(list.out).toContain('1 open, 0 acknowledged, 9 resolved.');
  expect((await winesap(server.url, ['alerts', 'ack', id(3)])).out).toBe('1 alert acknowledged.\n');
  expect((await winesap(server.url, ['alerts', 'unack', id(3)])).out).toBe('1 alert open again.\n');
  expect((await winesap(server.url, ['alerts', 'ack', '--all'])).out).toBe('12 alerts acknowledged.\n');
  expect((await winesap(server.url, ['alerts', 'ack'])).code).toBe(2);
});

test('the report has its four lists, and counts the rows that it does not show', async () => {
  const where = {
    tokenId: id(4),
    organizationId: id(5),
    organizationName: 'Northwind',
    policyId: null,
    locationName: 'Barn',
  };
  const report: Report = {
    from: AT,
    to: AT,
    days: 7,
    organizationId: null,
    organizationName: null,
    tokens: { total: 3, broken: 1, soon: 1, unknown: 0, checking: 0, ok: 1 },
    broken: {
      total: 2,
      items: [{ ...where, state: 'revoked', label: 'Revoked', cause: 'A reset.', nextStep: 'Renew it.', since: AT }],
    },
    expiring: { total: 1, items: [{ ...where, expiresAt: AT, daysLeft: 12 }] },
    low: { total: 0, items: [] },
    changes: { total: 0, items: [] },
  };
  await using server = await scriptedServer({ 'GET /api/report': { json: report } });

  const { out } = await winesap(server.url, ['report']);

  expect(out).toContain('3 tokens: 1 broken, 0 unknown, 1 soon, 1 fine.');
  expect(out).toMatch(/Broken \(2\)\n.*\nNorthwind +Barn +Revoked +1 Nov 2026 +Renew it\.\n… and 1 more\./);
  expect(out).toContain('Low on licenses: nothing.');
});

test('a token gets its own days before expiry, and returns to those of the rules', async () => {
  await using server = await scriptedServer({
    'GET /api/tokens': tokenList([row({ tokenId: id(4), locationName: 'Barn' })]),
    [`PUT /api/tokens/${id(4)}/expiry-days`]: { status: 204 },
  });
  const run = (days: string) => winesap(server.url, ['tokens', 'expiry-days', 'Barn', days]);

  expect((await run('30,90')).out).toBe('Expiry reminders of Barn: 90, 30 days before.\n');
  expect(bodyOf(server)).toEqual({ days: [90, 30] });
  expect((await run('default')).code).toBe(0);
  expect(bodyOf(server)).toEqual({ days: null });
  expect((await run('soon')).code).toBe(2);
});
