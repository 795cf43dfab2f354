import { type AlertInMessage, messagesFor, type PendingAlert, retryAfterMs } from '@winesap/core';
import { expect, test } from 'vitest';

const alert = (n: number, change: Partial<AlertInMessage> = {}): AlertInMessage => ({
  id: `a${n}`,
  kind: 'expiry',
  title: `The token of Location ${n} expires in 7 days.`,
  text: 'Next: renew it.',
  tokenId: `t${n}`,
  organizationId: `o${n % 50}`,
  organizationName: `Customer ${n % 50}`,
  locationName: `Location ${n}`,
  ...change,
});
const pending = (n: number, change: Partial<PendingAlert> = {}): PendingAlert => ({
  alert: alert(n),
  why: 'new',
  resolved: false,
  acknowledged: false,
  ...change,
});
const many = (count: number) => Array.from({ length: count }, (_, n) => pending(n));

test('5,000 tokens that expire on one day make one short message with counts, the first few, and a link', () => {
  const [message, ...others] = messagesFor(many(5000), false, 'https://winesap.example');

  expect(others).toEqual([]);
  expect(message).toMatchObject({
    title: '5,000 alerts from Winesap',
    total: 5000,
    link: 'https://winesap.example/alerts',
  });
  expect(message?.text.split('\n').length).toBeLessThan(15);
  expect(message?.text).toContain('5,000 tokens about to expire, in 50 organizations.');
  expect(message?.text).toContain('… and 4,990 more');
  expect(message?.alerts).toHaveLength(100);
});

test('five alerts are sent one by one, six in one message, and a digest always in one', () => {
  expect(messagesFor(many(5), false, null)).toHaveLength(5);
  expect(messagesFor(many(6), false, null)).toHaveLength(1);
  expect(messagesFor(many(2), true, null)).toHaveLength(1);
  expect(messagesFor(many(1), true, null)[0]?.title).toBe(alert(0).title);
});

test('an alert that was repeated while it waited is sent once, with its last reason', () => {
  const told = messagesFor([pending(1), pending(1, { why: 'again' }), pending(1, { why: 'escalated' })], false, null);

  expect(told.map(({ title }) => title)).toEqual([alert(1).title]);
  expect(messagesFor([pending(1, { why: 'again' })], false, null)[0]?.title).toMatch(/^Still: /);
  expect(messagesFor([pending(1, { why: 'escalated' })], false, null)[0]?.title).toMatch(/^Nobody has acknowledged: /);
  expect(messagesFor([pending(1, { resolved: true })], false, null)[0]?.title).toMatch(/^Resolved meanwhile: /);
});

test('attempts follow after 1, 5, 15, and then every 60 minutes, later if the receiver asks, never later than an hour', () => {
  expect([1, 2, 3, 4, 70].map((attempts) => retryAfterMs(attempts) / 60_000)).toEqual([1, 5, 15, 60, 60]);
  expect(retryAfterMs(1, 30 * 60_000)).toBe(30 * 60_000);
  expect(retryAfterMs(1, 9 * 3_600_000)).toBe(3_600_000);
});
