import { readCalendar } from '@winesap/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCalendar } from '../src/calendar/write-calendar.ts';
import type { Expiry } from '../src/store/tokens/reads/calendar.ts';

const WORDS = { name: 'Tokens', installationId: 'inst-1', version: '0.1.0' };

function expiry(change: Partial<Expiry> = {}): Expiry {
  return {
    tokenId: 'token-1',
    locationName: 'Chicago HQ',
    organizationName: 'Northwind',
    defaultPlatform: 'enterprisestore',
    websiteUrl: null,
    state: 'healthy',
    expiresAt: new Date('2027-06-21T22:33:22Z'),
    removed: false,
    revision: 0,
    revisedAt: new Date('2026-11-22T10:00:00Z'),
    ...change,
  };
}

const eventOf = (change: Partial<Expiry> = {}) => {
  const [event] = readCalendar(writeCalendar([expiry(change)], WORDS)).events;
  if (event === undefined) throw new Error('There is no event.');
  return event;
};

test('an expiry is an all-day event with a permanent ID', () => {
  const event = eventOf();

  expect(event).toMatchObject({
    uid: 'token-1@inst-1.winesap',
    summary: 'Content token expires: Chicago HQ (Northwind)',
    status: 'CONFIRMED',
    sequence: 0,
    start: '2027-06-21',
    end: '2027-06-22',
    stamp: '2026-11-22T10:00:00Z',
  });
  expect(event.description).toContain('expires on 2027-06-21 22:33 UTC.');
  expect(event.description).toContain('signs in at business.apple.com, opens Preferences');
});

test('calendars remind 60, 30, 14, 7, 3, and 1 days before, at nine in the morning', () => {
  const { reminders, reminderTexts } = eventOf();

  expect(reminders.map((seconds) => seconds / 3600)).toEqual([60, 30, 14, 7, 3, 1].map((days) => 9 - days * 24));
  expect(reminderTexts[0]).toBe('The content token of Chicago HQ expires in 60 days.');
  expect(reminderTexts[5]).toBe('The content token of Chicago HQ expires tomorrow.');
});

test('a removed token is canceled, without reminders', () => {
  expect(eventOf({ removed: true, revision: 4 })).toMatchObject({ status: 'CANCELLED', sequence: 4, reminders: [] });
});

test.each([
  ['commas, semicolons and backslashes', 'A, b; c\\ d: "e"'],
  ['another script', '林檎学園 · Übung · ✂️🍎'],
  ['a very long name', 'Schulverbund '.repeat(30).trim()],
  ['what looks like the end of the calendar', 'END:VEVENT'],
])('%s in a name come through another parser unchanged', (_, locationName) => {
  const text = writeCalendar([expiry({ locationName })], WORDS);

  expect(readCalendar(text).events[0]?.summary).toBe(`Content token expires: ${locationName} (Northwind)`);
});

test('line breaks and control characters in a name cannot add lines', () => {
  const locationName = 'Up\r\nATTACH:http://evil.example\u0007';

  expect(eventOf({ locationName }).summary).toBe('Content token expires: Up ATTACH:http://evil.example (Northwind)');
});

test('lines are folded at 75 octets and end with CRLF', () => {
  const text = writeCalendar([expiry({ locationName: 'ü'.repeat(200) })], WORDS);

  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
});

test('it is published, named, and refreshed every six hours', () => {
  expect(readCalendar(writeCalendar([], WORDS))).toMatchObject({
    method: 'PUBLISH',
    name: 'Tokens',
    refreshEvery: 'PT6H',
    events: [],
  });
});

describe.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin'])('on a machine in %s', (zone) => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.TZ;
    process.env.TZ = zone;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  test.each([
    ['2027-01-01T00:00:00Z', '2027-01-01'],
    ['2027-03-28T00:30:00Z', '2027-03-28'],
    ['2027-12-31T23:59:59Z', '2027-12-31'],
  ])('%s is still the day %s in UTC', (expiresAt, day) => {
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
    expect(eventOf({ expiresAt: new Date(expiresAt) }).start).toBe(day);
  });
});
