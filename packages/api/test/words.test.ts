import { describe, expect, test } from 'vitest';
import type { Rule, Scan } from '../src/index.ts';
import {
  agoShort,
  changeWords,
  conditionWords,
  count,
  daysLeftWords,
  dryRunWords,
  duration,
  licenseWords,
  listed,
  placeOf,
  plural,
  progressWords,
  repetitionWords,
  scopeWords,
  size,
  thresholdWords,
  timeWords,
  timingWords,
} from '../src/words.ts';

const NOW = Date.parse('2026-11-22T14:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const before = (ms: number) => new Date(NOW - ms).toISOString();

describe('ages', () => {
  test.each([
    [0, 'just now'],
    [44_000, 'just now'],
    [60_000, '1 min ago'],
    [3 * MINUTE, '3 min ago'],
    [89 * MINUTE, '89 min ago'],
    [2 * HOUR, '2 h ago'],
    [35 * HOUR, '35 h ago'],
    [2 * DAY, '2 d ago'],
    [-10_000, 'just now'],
    [-30_000, 'in a moment'],
    [-4 * MINUTE, 'in 4 min'],
    [-2 * DAY, 'in 2 d'],
  ])('%d ms ago are “%s”', (ms, words) => {
    expect(agoShort(before(ms), new Date(NOW))).toBe(words);
  });

  test('dates are written as the locale writes them, and without the year where it is this one', () => {
    const american = timeWords('en-US');
    const german = timeWords(['de-DE', 'en-US']);
    const noon = '2026-11-22T12:00:00';

    expect(american.shortDateTime(noon)).toMatch(/^Nov 22, 2026, 12:00\sPM$/);
    expect(german.shortDateTime(noon)).toBe('22. Nov. 2026, 12:00');
    expect(american.briefDateTime(noon, NOW)).toMatch(/^Nov 22, 12:00\sPM$/);
    expect(german.briefDateTime('2025-11-22T12:00:00', NOW)).toContain('2025');
    expect(german.briefDateTime('not a time', NOW)).toBe('not a time');
  });

  test('what never was is never, and what is no instant is shown as it came', () => {
    expect(agoShort(null, NOW)).toBe('never');
    expect(agoShort('not a time', NOW)).toBe('not a time');
  });

  test.each([
    [null, 'expiry not known'],
    [1200, '1,200 days left'],
    [1, '1 day left'],
    [0, 'less than a day left'],
    [-1, 'expired less than a day ago'],
    [-2, 'expired 1 day ago'],
    [-30, 'expired 29 days ago'],
  ])('%s days left are “%s”', (days, words) => {
    expect(daysLeftWords(days)).toBe(words);
  });

  test.each([
    [0, '1 s'],
    [12, '12 s'],
    [240, '4 min'],
    [4200, '70 min'],
    [7800, '2 h 10 min'],
    [7200, '2 h'],
  ])('%d seconds are “%s”', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe('numbers', () => {
  test('counts carry separators and a true minus sign', () => {
    expect(count(61_204)).toBe('61,204');
    expect(count(-2)).toBe('−2');
    expect(count(null)).toBe('unknown');
    expect(plural(1, 'token')).toBe('1 token');
    expect(plural(0, 'count changed', 'counts changed')).toBe('0 counts changed');
  });

  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j is listed as “%s”', (words, said) => {
    expect(listed(words)).toBe(said);
  });

  test.each([
    [1, '1 byte'],
    [512, '512 bytes'],
    [64 * 1024, '64.0 KiB'],
    [1024 ** 3, '1.0 GiB'],
  ])('%d bytes are “%s”', (bytes, words) => {
    expect(size(bytes)).toBe(words);
  });
});

test('a policy with its organization’s name is shown once', () => {
  expect(placeOf({ organizationName: 'Northwind', policyName: 'Retail' })).toBe('Northwind / Retail');
  expect(placeOf({ organizationName: 'Northwind', policyName: 'Northwind' })).toBe('Northwind');
});

describe('rules', () => {
  const licenses = { kind: 'licenses' as const, below: null, belowPercent: null, adamIds: [] };

  test.each<[Rule['condition'], string]>([
    [{ kind: 'expiry', days: [7, 30, 60] }, '60, 30 and 7 days before a token expires'],
    [{ kind: 'expiry', days: [1] }, '1 day before a token expires'],
    [
      { kind: 'state', entered: ['revoked', 'not-permitted'], left: ['healthy'] },
      'a token becomes revoked or not permitted, or a token is no longer healthy',
    ],
    [{ kind: 'scan', hours: 12 }, 'scans of a location fail for 12 hours'],
    [{ ...licenses }, 'available licenses of an asset are low'],
    [{ ...licenses, below: 5 }, 'available licenses of an asset are below 5'],
    [
      { ...licenses, below: 5, belowPercent: 10, adamIds: ['361309726', '409183694'] },
      'available licenses of asset 361309726 or 409183694 are below 5 or below 10 % of all',
    ],
    [{ ...licenses, adamIds: ['1', '2', '3', '4'] }, 'available licenses of 4 chosen assets are low'],
    [{ kind: 'claim' }, 'another server claims a location, or our claim is gone'],
    [{ kind: 'notifications', hours: 48 }, 'Apple sends no notification for 48 hours'],
    [{ kind: 'assignments', failed: 20, hours: 1 }, '20 assignments fail within 1 hour'],
    [{ kind: 'assignments', failed: 1, hours: 2 }, '1 assignment fails within 2 hours'],
  ])('%j is said as “%s”', (condition, words) => {
    expect(conditionWords(condition)).toBe(words);
  });

  test('a rule names a deleted organization as such', () => {
    const scope = { kind: 'organization', organizationId: 'x' } as const;
    expect(scopeWords({ scope, scopeName: 'Northwind', scopeGone: false })).toBe('Northwind');
    expect(scopeWords({ scope, scopeName: null, scopeGone: true })).toBe('a deleted organization');
  });

  test('an escalation names the channels', () => {
    const rule = { urgent: true, repeatHours: 4, escalation: { afterHours: 2, channelIds: ['a', 'b'] } };
    expect(repetitionWords(rule, (id) => `channel ${id}`)).toEqual([
      'urgent',
      'again every 4 hours until acknowledged',
      'unacknowledged for 2 hours: also to channel a and channel b',
    ]);
  });
});

test('a channel shows its timing only if it does not send immediately', () => {
  const timing = { timeZone: 'Europe/Berlin', quiet: null, digest: { kind: 'immediately' } } as const;
  const quiet = { from: '20:00', to: '07:00' };
  const report = { weekday: 1, at: '07:30', organizationId: null };

  expect(timingWords({ timing, report: null })).toBeNull();
  expect(timingWords({ timing: { ...timing, quiet }, report: null })).toBe('quiet from 20:00 to 07:00 (Europe/Berlin)');
  expect(timingWords({ timing: { ...timing, digest: { kind: 'weekly', weekday: 7, at: '08:00' } }, report })).toBe(
    'sends every Sunday at 08:00 · report every Monday at 07:30 (Europe/Berlin)',
  );
});

test.each([
  [{ unit: 'licenses', amount: 5 } as const, 'at most 5 licenses are available'],
  [{ unit: 'licenses', amount: 1 } as const, 'at most 1 license is available'],
  [{ unit: 'licenses', amount: 0 } as const, 'no license is available'],
  [{ unit: 'percent', amount: 10 } as const, 'at most 10 % of the total is available'],
  [{ unit: 'never' } as const, 'never'],
])('an asset is low when %j: %s', (threshold, words) => {
  expect(thresholdWords(threshold)).toBe(words);
});

describe('scans', () => {
  const nothing = {
    assetsAdded: 0,
    assetsGone: 0,
    countsChanged: 0,
    assigned: 0,
    unassigned: 0,
    usersRegistered: 0,
    usersRetired: 0,
    usersChanged: 0,
    usersGone: 0,
  };
  const scan = (part: Partial<Scan>): Scan => ({
    id: 's',
    tokenId: 't',
    reason: 'button',
    state: 'running',
    queuedAt: '2026-11-22T14:00:00Z',
    startedAt: null,
    finishedAt: null,
    seconds: null,
    requests: 0,
    assets: { done: 0, total: null },
    assignments: { done: 0, total: null },
    users: null,
    secondsLeft: null,
    changes: null,
    discrepancy: null,
    failure: null,
    ...part,
  });

  test('progress shows counts of totals and the remaining time', () => {
    const words = progressWords(
      scan({ assets: { done: 212, total: 212 }, assignments: { done: 48_000, total: 61_204 }, secondsLeft: 12 }),
    );
    expect(words).toBe('assets 212 of 212 · assignments 48,000 of 61,204 · about 12 s left');
  });

  test('cost and speed of a scan appear once they are known', () => {
    const running = { assets: { done: 200, total: 200 }, assignments: { done: 6600, total: 10_000 }, requests: 9 };
    expect(progressWords(scan({ ...running, seconds: 2 }))).toBe(
      'assets 200 of 200 · assignments 6,600 of 10,000 · 9 requests · 3,400 rows/s',
    );
    expect(progressWords(scan({ ...running, seconds: 0.4 }))).not.toContain('rows/s');
  });

  test('before Apple has sent a total, none is shown', () => {
    expect(progressWords(scan({}))).toBe('assets … · assignments …');
    expect(progressWords(scan({ state: 'queued' }))).toBe('waiting for its turn');
  });

  test('changes are counted by kind, and no change is null', () => {
    expect(changeWords(nothing)).toBeNull();
    expect(changeWords({ ...nothing, assetsAdded: 3, countsChanged: 1, unassigned: 2, usersRetired: 1 })).toBe(
      '3 new assets, 1 count changed, 2 licenses released, 1 user retired',
    );
  });
});

test('a preview lists changes, is empty if there are none, and null if it is missing', () => {
  const dryRun = { added: 3, gone: 1, changed: 0 };

  expect(licenseWords({ dryRun })).toBe('3 new, 1 gone');
  expect(licenseWords({ dryRun: { ...dryRun, added: 0, gone: 0 } })).toBe('');
  expect(licenseWords({ dryRun: null })).toBeNull();
  expect(dryRunWords({ ...dryRun, freshAssets: 26 })).toBe('26 assets, 3 new, 1 gone');
  expect(dryRunWords({ freshAssets: 1, added: 0, gone: 0, changed: 0 })).toBe('1 asset, nothing changed');
});
