import { CHANNEL_KINDS, type Channel, type Field, type Rule, routes } from '@winesap/api';
import { describe, expect, test } from 'vitest';
import { changeOf, formOf as channelForm, channelOf, newChannel } from '../src/alerts/channels/channel-form.ts';
import { chosen } from '../src/alerts/channels/field-values.ts';
import { daysOf, formOf, NEW_RULE, ruleOf } from '../src/alerts/rules/rule-form.ts';

const CHAT = { kind: 'slack', timing: { timeZone: 'UTC', quiet: null, digest: { kind: 'immediately' } }, report: null };
const TYPED: Record<Field['input'], string> = {
  url: 'https://example.org/',
  text: 'help@example.org',
  number: '1',
  password: 'pears',
  choice: '',
  list: 'a@example.org, b@example.org',
  headers: 'Authorization: Bearer x',
  template: '{}',
};
const CONDITIONS: Rule['condition'][] = [
  { kind: 'expiry', days: [30, 7] },
  { kind: 'state', entered: ['revoked'], left: ['healthy'] },
  { kind: 'scan', hours: 12 },
  { kind: 'licenses', below: 5, belowPercent: null, adamIds: ['361309726'] },
  { kind: 'claim' },
  { kind: 'notifications', hours: 48 },
  { kind: 'assignments', failed: 20, hours: 2 },
];

describe('the window of a rule', () => {
  test.each(CONDITIONS)('gives back what was stored: $kind', (condition) => {
    const body = {
      name: 'On call',
      enabled: false,
      scope: { kind: 'policy', policyId: '00000000-0000-4000-8000-000000000001' } as const,
      condition,
      channelIds: ['00000000-0000-4000-8000-000000000002'],
      urgent: true,
      repeatHours: 4,
      escalation: { afterHours: 2, channelIds: ['00000000-0000-4000-8000-000000000003'] },
    };
    const shown = { id: 'x', scopeName: 'Retail', scopeGone: false, open: 0, createdAt: '2026-11-22T00:00:00Z' };

    const { rule } = ruleOf(formOf({ ...body, ...shown }));

    expect(rule).toEqual(body);
    expect(routes.addRule.body.safeParse(rule).success).toBe(true);
  });

  test('says what is missing, one thing at a time', () => {
    expect(ruleOf(NEW_RULE).why).toContain('name');
    const named = { ...NEW_RULE, name: 'x' };
    expect(ruleOf({ ...named, days: '0' }).why).toContain('1 and 365');
    expect(ruleOf({ ...named, kind: 'state', entered: [] }).why).toContain('state');
    expect(ruleOf({ ...named, scope: 'token' }).why).toContain('token');
    expect(ruleOf({ ...named, escalateHours: '2' }).why).toContain('escalate');
    expect(ruleOf(named).why).toBeNull();
  });

  test('days are read however they are written', () => {
    expect(daysOf(' 7;30, 7 1')).toEqual([30, 7, 1]);
    expect(daysOf('7, soon')).toBeNull();
    expect(daysOf('366')).toBeNull();
  });
});

describe('the window of a channel', () => {
  const form = { ...newChannel('Europe/Berlin'), name: 'Help desk' };

  test.each(CHANNEL_KINDS)('makes what the server takes of the kind $kind', ({ kind, fields }) => {
    const asked = Object.entries<Field>(fields).filter(([, { initial }]) => initial === undefined);
    const typed = Object.fromEntries(asked.map(([name, { input }]) => [name, TYPED[input]]));
    const one = { ...form, kind, typed, quiet: true, digest: 'weekly', report: true } as const;

    expect(channelOf(one).why).toBeNull();
    expect(routes.addChannel.body.safeParse(channelOf(one).value).error).toBeUndefined();
    expect(routes.changeChannel.body.safeParse(changeOf(one).value).error).toBeUndefined();
    expect(channelOf({ ...one, typed: {} }).why).toMatch(/^Give /);
  });

  test('leaves stored secrets alone when their fields stay empty', () => {
    const channel = {
      kind: 'json',
      name: 'Pager',
      timing: { timeZone: 'UTC', quiet: null, digest: { kind: 'immediately' } },
      report: null,
    } as unknown as Channel;
    const stored = channelForm(channel, { kind: 'json', headerNames: ['Authorization'], template: '{}' });

    const { value } = changeOf(stored);

    expect(value).toEqual({ kind: 'json', name: 'Pager', timing: channel.timing, template: '{}' });
    expect(changeOf({ ...stored, typed: { headers: 'no header' } }).why).toContain('Headers');
  });

  test('asks again for the address of a channel whose settings cannot be opened', () => {
    const channel = { ...CHAT, name: 'Chat' } as unknown as Channel;

    expect(changeOf(channelForm(channel, { kind: 'slack' })).why).toBeNull();
    expect(changeOf(channelForm(channel, null)).why).toBe('Give the address it is sent to.');
  });

  test('the usual port follows the security, a port of one’s own stays', () => {
    expect(chosen('security', 'tls', form)).toMatchObject({ security: 'tls', port: '465' });
    expect(chosen('security', 'none', { ...form, typed: { security: 'tls', port: '465' } })).toMatchObject({
      port: '25',
    });
    expect(chosen('security', 'tls', { ...form, typed: { port: '2525' } })).toMatchObject({ port: '2525' });
  });
});
