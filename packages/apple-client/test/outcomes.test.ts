import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventFailure } from '../src/index.ts';
import {
  assetTargets,
  type EventEnd,
  holderTargets,
  readNotification,
  type Target,
  targetKey,
  targetOutcomes,
  userTargets,
} from '../src/index.ts';

const REQUEST = { assets: [{ adamId: '1' }, { adamId: '2' }], clientUserIds: ['u-1', 'u-2', 'u-3'] };
const TARGETS = assetTargets(REQUEST);

function failing(errorNumber: number, errorInfo: Partial<EventFailure['errorInfo']>): EventFailure {
  const nobody = { assets: [], clientUserIds: [], serialNumbers: [] };
  return { errorNumber, errorMessage: '', errorInfo: { ...nobody, ...errorInfo } };
}

function failedEnd(numRequested: number, numCompleted: number, ...failures: EventFailure[]): EventEnd {
  const trailer = { uId: null, tokenExpirationDate: null, mdmInfo: null };
  const status = { ...trailer, eventStatus: 'FAILED', eventType: 'ASSOCIATE', numRequested, numCompleted, failures };
  return { state: 'failed', status, failures, told: [] };
}

function show(targets: readonly Target[], end: EventEnd): string[] {
  return targetOutcomes(targets, end).map(
    ({ target, outcome, failure }) =>
      `${target.adamId} ${target.clientUserId ?? target.serialNumber} ${outcome}${failure ? ` ${failure.errorNumber}` : ''}`,
  );
}

describe('the outcome of each license', () => {
  test('is done for all when the change is complete', () => {
    const end: EventEnd = { state: 'complete', status: null, failures: [], told: [] };

    expect(targetOutcomes(TARGETS, end).every(({ outcome }) => outcome === 'done')).toBe(true);
  });

  test('is failed for one unknown user with every asset, and done for the others', () => {
    const end = failedEnd(6, 4, failing(9609, { clientUserIds: ['u-3'] }));

    expect(show(TARGETS, end)).toEqual([
      '1 u-1 done',
      '1 u-2 done',
      '1 u-3 failed 9609',
      '2 u-1 done',
      '2 u-2 done',
      '2 u-3 failed 9609',
    ]);
  });

  test('is failed for some when one asset has too few licenses', () => {
    const end = failedEnd(6, 3, failing(9709, { assets: [{ adamId: '2', pricingParam: 'STDQ' }] }));

    expect(show(TARGETS, end).filter((line) => line.includes('failed'))).toEqual([
      '2 u-1 failed 9709',
      '2 u-2 failed 9709',
      '2 u-3 failed 9709',
    ]);
  });

  test('does not trust groups that do not add up', () => {
    const end = failedEnd(6, 5, failing(9709, { assets: [{ adamId: '2', pricingParam: null }] }));

    expect(show(TARGETS, end)).toEqual([
      '1 u-1 done',
      '1 u-2 done',
      '1 u-3 done',
      '2 u-1 unknown 9709',
      '2 u-2 unknown 9709',
      '2 u-3 unknown 9709',
    ]);
  });

  test('is unknown for all when a failure names none', () => {
    expect(new Set(targetOutcomes(TARGETS, failedEnd(6, 5, failing(9603, {}))).map(({ outcome }) => outcome))).toEqual(
      new Set(['unknown']),
    );
  });

  test('is failed for all when nothing was done', () => {
    expect(show(TARGETS, failedEnd(6, 0, failing(9603, {})))).toContain('2 u-2 failed 9603');
  });

  test('is unknown for a change that is stuck', () => {
    const end: EventEnd = { ...failedEnd(6, 4, failing(9609, { clientUserIds: ['u-3'] })), state: 'stuck' };

    expect(targetOutcomes(TARGETS, end).every(({ outcome }) => outcome === 'unknown')).toBe(true);
  });

  test('follows notifications first', () => {
    const end = { ...failedEnd(6, 5, failing(9603, {})), told: [told('FAILURE', 'u-2'), told('SUCCESS', 'u-1')] };

    const lines = show(TARGETS, end);

    expect(lines).toContain('1 u-1 done');
    expect(lines).toContain('1 u-2 failed 9709');
    expect(lines).toContain('1 u-3 unknown 9603');
  });

  test('is exactly one per target, with no more failures than Apple reports', () => {
    const failure = fc.record({
      assets: fc.subarray(['1', '2', '9']),
      clientUserIds: fc.subarray(['u-1', 'u-2', 'u-3', 'nobody']),
    });
    fc.assert(
      fc.property(fc.array(failure, { maxLength: 4 }), fc.integer({ min: 0, max: 6 }), (failures, completed) => {
        const end = failedEnd(
          6,
          completed,
          ...failures.map(({ assets, clientUserIds }) =>
            failing(9709, { assets: assets.map((adamId) => ({ adamId, pricingParam: null })), clientUserIds }),
          ),
        );

        const outcomes = targetOutcomes(TARGETS, end);

        expect(outcomes.map(({ target }) => targetKey(target))).toEqual(TARGETS.map(targetKey));
        const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
        const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
        expect(failed).toBeLessThanOrEqual(6 - completed);
        expect(done).toBeLessThanOrEqual(completed);
      }),
    );
  });
});

test('outcomes of users are matched by their own IDs', () => {
  const targets = userTargets({ users: [{ clientUserId: 'a' }, { clientUserId: 'b' }] });

  expect(show(targets, failedEnd(2, 1, failing(9716, { clientUserIds: ['b'] })))).toEqual([
    'null a done',
    'null b failed 9716',
  ]);
});

test('a revocation has outcomes by holder: one license that could not be revoked makes the holder failed', () => {
  const end: EventEnd = {
    state: 'failed',
    status: null,
    failures: [],
    told: [told('SUCCESS', 'u-1'), told('FAILURE', 'u-2'), told('SUCCESS', 'u-2')],
  };

  expect(show(holderTargets({ clientUserIds: ['u-1', 'u-2', 'u-3'] }), end)).toEqual([
    'null u-1 done',
    'null u-2 failed 9709',
    'null u-3 unknown',
  ]);
});

function told(result: string, clientUserId: string) {
  const read = readNotification(
    JSON.stringify({
      notificationId: `${result}${clientUserId}`,
      notificationType: 'ASSET_MANAGEMENT',
      notification: {
        eventId: 'e',
        result,
        type: 'ASSOCIATE',
        assignments: [{ adamId: '1', pricingParam: 'STDQ', clientUserId }],
        ...(result === 'FAILURE' ? { error: { errorNumber: 9709, errorMessage: 'x' } } : {}),
      },
    }),
  );
  if (read?.kind !== 'ASSET_MANAGEMENT') throw new Error('not understood');
  return read;
}
