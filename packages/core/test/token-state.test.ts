import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AppleFailure } from '../src/domain/apple-failure.ts';
import { DAY_MS } from '../src/domain/instant.ts';
import type { ClaimState } from '../src/domain/locations/claim.ts';
import {
  hiddenExpiry,
  SEVERITY,
  type TokenFacts,
  type TokenState,
  tokenState,
} from '../src/domain/tokens/token-state.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const at = (ms: number) => new Date(NOW.getTime() + ms);
const refused = (httpStatus: number, errorNumber: number | null): AppleFailure => ({
  kind: 'refused',
  httpStatus,
  errorNumber,
  errorMessage: null,
  doing: 'retrieving token assets',
  retryAfterMs: null,
});
const NO_ANSWER: AppleFailure = { kind: 'no-answer', reason: 'timeout', doing: 'reading', mayHaveArrived: false };
const UNREADABLE: AppleFailure = { kind: 'unreadable', httpStatus: 200, doing: 'reading' };
const FOREIGN: AppleFailure = {
  kind: 'other-location',
  httpStatus: 200,
  doing: 'reading',
  expected: '1',
  found: '2',
  mayHaveArrived: false,
};
const fine: TokenFacts = {
  expiresAt: at(300 * DAY_MS),
  failure: null,
  confirmed: true,
  definiteAt: NOW,
  claim: 'ours',
};

const UNCONFIRMED = { failure: refused(401, 9621), confirmed: false };

describe('the state derived from everything known', () => {
  const TABLE: [string, Partial<TokenFacts>, TokenState][] = [
    ['nothing is wrong', {}, 'healthy'],
    ['nobody claims it', { claim: 'free' }, 'healthy'],
    ['somebody else claims it, as agreed', { claim: 'agreed' }, 'healthy'],
    ['somebody else took it', { claim: 'taken' }, 'claimed-elsewhere'],
    ['30 days are left', { expiresAt: at(30 * DAY_MS) }, 'expiring'],
    ['a moment more than 30 days is left', { expiresAt: at(30 * DAY_MS + 1000) }, 'healthy'],
    ['the moment of expiry is now', { expiresAt: NOW }, 'expired'],
    ['it never said when it expires', { expiresAt: null }, 'healthy'],
    ['Apple says expired', { failure: refused(401, 9621) }, 'expired'],
    ['Apple says revoked', { failure: refused(401, 9625) }, 'revoked'],
    ['Apple says revoked within 200', { failure: refused(200, 9625) }, 'revoked'],
    ['Apple does not know it, within 200', { failure: refused(200, 9622) }, 'invalid'],
    ['Apple does not know it, with 401', { failure: refused(401, 9622) }, 'invalid'],
    ['Apple calls the header malformed', { failure: refused(401, 9722) }, 'invalid'],
    ['the account may not read', { failure: refused(403, 9637) }, 'not-permitted'],
    ['the account may not write', { failure: refused(403, 9647) }, 'not-permitted'],
    ['it is forbidden without a number', { failure: refused(403, null) }, 'not-permitted'],
    ['new terms wait to be accepted', { failure: refused(403, 9642) }, 'terms'],
    ['Apple gives a number nobody knows', { failure: refused(400, 9999) }, 'refused'],
    ['Apple says that the service has moved', { failure: refused(200, 9617) }, 'refused'],
    ['Apple has removed the service', { failure: refused(410, 9634) }, 'refused'],
    ['Apple asks for a sign-in', { failure: refused(401, 9601) }, 'refused'],
    ['Apple answers about another location', { failure: FOREIGN }, 'other-location'],
    ['Apple refused it, unconfirmed', { failure: refused(401, 9625), confirmed: false }, 'checking'],
    ['Apple answered about another location, unconfirmed', { failure: FOREIGN, confirmed: false }, 'checking'],
    ['Apple refused a new one, unconfirmed', { ...UNCONFIRMED, definiteAt: null }, 'checking'],
    ['it expired and Apple says so, unconfirmed', { ...UNCONFIRMED, expiresAt: at(-1) }, 'expired'],
    ['it is in recheck for a day', { ...UNCONFIRMED, definiteAt: at(-DAY_MS - 1) }, 'unknown'],
    ['Apple throttles', { failure: refused(429, 9646) }, 'throttled'],
    ['something throttles without a number', { failure: refused(429, null) }, 'throttled'],
    ['Apple is in maintenance', { failure: refused(503, 9729) }, 'unreachable'],
    ['Apple has an internal error', { failure: refused(500, 9603) }, 'unreachable'],
    ['Apple does not answer', { failure: NO_ANSWER }, 'unreachable'],
    ['something answers in its place', { failure: UNREADABLE }, 'unreachable'],
    ['it was never asked about', { definiteAt: null }, 'unknown'],
    ['it was never asked with success', { definiteAt: null, failure: NO_ANSWER }, 'unreachable'],
    ['the last definite word is older than a day', { definiteAt: at(-DAY_MS - 1), failure: NO_ANSWER }, 'unknown'],
    ['the last definite word is just a day old', { definiteAt: at(-DAY_MS), failure: NO_ANSWER }, 'unreachable'],
    ['it is revoked and also expired', { failure: refused(401, 9625), expiresAt: at(-DAY_MS) }, 'revoked'],
    ['it is revoked and also taken', { failure: refused(401, 9625), claim: 'taken' }, 'revoked'],
    ['it expired while Apple is away', { failure: NO_ANSWER, expiresAt: at(-1) }, 'expired'],
    ['it expired while nobody knows', { definiteAt: at(-9 * DAY_MS), expiresAt: at(-1) }, 'expired'],
    ['it expires soon and was taken', { expiresAt: at(DAY_MS), claim: 'taken' }, 'claimed-elsewhere'],
    ['it expires soon and Apple throttles', { expiresAt: at(DAY_MS), failure: refused(429, 9646) }, 'throttled'],
  ];

  test.each(TABLE)('is right when %s', (_what, facts, state) => {
    expect(tokenState({ ...fine, ...facts }, NOW, DAY_MS)).toBe(state);
  });

  test('has words and a severity for every number and status', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.option(fc.integer({ min: 9000, max: 9999 })),
        fc.constantFrom<ClaimState>('unknown', 'free', 'ours', 'agreed', 'taken'),
        (httpStatus, errorNumber, claim) => {
          const state = tokenState({ ...fine, claim, failure: refused(httpStatus, errorNumber) }, NOW, DAY_MS);
          expect(SEVERITY[state]).toMatch(/^(broken|soon|unknown|ok)$/);
          expect(state).not.toBe('healthy');
        },
      ),
    );
  });

  test('is not broken by an unconfirmed refusal, whatever its number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.option(fc.integer({ min: 9000, max: 9999 })),
        (status, number) => {
          const state = tokenState({ ...fine, failure: refused(status, number), confirmed: false }, NOW, DAY_MS);
          expect(SEVERITY[state]).not.toBe('broken');
          expect(state).not.toBe('healthy');
        },
      ),
    );
  });
});

test.each([
  ['unreachable', 11 * DAY_MS, 'expiring'],
  ['claimed-elsewhere', 11 * DAY_MS, 'expiring'],
  ['not-permitted', -DAY_MS, 'expired'],
  ['unreachable', 31 * DAY_MS, null],
  ['revoked', 11 * DAY_MS, null],
  ['expiring', 11 * DAY_MS, null],
  ['expired', -DAY_MS, null],
] as const)(
  '%s with %d ms left hides the expiry only where renewing is not the cure already',
  (state, leftMs, hidden) => {
    expect(hiddenExpiry(state, at(leftMs), NOW)).toBe(hidden);
    expect(hiddenExpiry(state, null, NOW)).toBeNull();
  },
);
