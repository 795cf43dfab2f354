import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AppleFailure } from '../src/domain/apple-failure.ts';
import { nextCheckAt } from '../src/domain/check-schedule.ts';
import type { ClaimState } from '../src/domain/claim.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../src/domain/instant.ts';
import { DEAD, SEVERITY, type TokenFacts, type TokenState, tokenState } from '../src/domain/token-state.ts';

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
const fine: TokenFacts = { expiresAt: at(300 * DAY_MS), failure: null, definiteAt: NOW, claim: 'ours' };

describe('one state from everything that is known', () => {
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
    ['Apple gives a number nobody knows', { failure: refused(400, 9999) }, 'terms'],
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

  test.each(TABLE)('when %s', (_what, facts, state) => {
    expect(tokenState({ ...fine, ...facts }, NOW, DAY_MS)).toBe(state);
  });

  test('every number and status gives a state that has words and a severity', () => {
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
});

describe('when a token is asked about again', () => {
  const far = at(300 * DAY_MS);
  const waitOf = (state: TokenState, share = 0.5, expiresAt: Date | null = far, everyMs = HOUR_MS) =>
    nextCheckAt(state, NOW, everyMs, share, expiresAt).getTime() - NOW.getTime();

  test('healthy ones wait the agreed time, give or take a tenth', () => {
    expect(waitOf('healthy', 0)).toBe(54 * MINUTE_MS);
    expect(waitOf('healthy', 1)).toBe(66 * MINUTE_MS);
  });

  test('trouble that passes by itself is looked at soon, what only a person cures seldom', () => {
    for (const state of ['throttled', 'unreachable', 'unknown'] as const)
      expect(waitOf(state)).toBeLessThanOrEqual(6 * MINUTE_MS);
    for (const state of DEAD) expect(waitOf(state)).toBeGreaterThanOrEqual(5 * HOUR_MS);
  });

  test('the moment of expiry and the 30th day before it are met, not missed', () => {
    expect(waitOf('expiring', 0.5, at(10 * MINUTE_MS))).toBe(10 * MINUTE_MS + 1000);
    expect(waitOf('healthy', 0.5, at(30 * DAY_MS + 20 * MINUTE_MS))).toBe(20 * MINUTE_MS + 1000);
    expect(waitOf('expired', 0.5, at(-MINUTE_MS))).toBeGreaterThan(HOUR_MS);
  });

  test('whatever is the case, it is later than now and within a day and a half', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(SEVERITY) as TokenState[])),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.integer({ min: -400, max: 400 })),
        fc.integer({ min: 1, max: 24 * 60 }),
        (state, share, days, minutes) => {
          const expiresAt = days === null ? null : at(days * DAY_MS);
          const wait = waitOf(state, share, expiresAt, minutes * MINUTE_MS);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(36 * HOUR_MS);
        },
      ),
    );
  });
});
