import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assetTargets,
  chunkAssets,
  chunkRevoke,
  chunkSubscriptions,
  chunkUsers,
  planChanges,
  subscriptionTargets,
  targetKey,
} from '../src/index.ts';

const ids = (prefix: string) =>
  fc.array(
    fc.nat(60).map((id) => `${prefix}${id}`),
    { maxLength: 90, size: 'max' },
  );
const assets = fc.array(
  fc.record(
    { adamId: fc.nat(40).map(String), pricingParam: fc.constantFrom('STDQ', 'PLUS') },
    { requiredKeys: ['adamId'] },
  ),
  { maxLength: 60, size: 'max' },
);
const limit = fc.integer({ min: 1, max: 30 });

describe('a change of any size', () => {
  test('is split into requests within the limits that together ask for exactly the same', () => {
    fc.assert(
      fc.property(assets, ids('u'), ids('S'), limit, limit, limit, (all, users, serials, a, u, s) => {
        const change = { assets: all, clientUserIds: users, serialNumbers: serials };
        const limits = { maxAssets: a, maxClientUserIds: u, maxSerialNumbers: s };

        const requests = [...chunkAssets(change, limits)];

        for (const request of requests) {
          expect(request.assets.length).toBeLessThanOrEqual(a);
          expect(request.clientUserIds?.length ?? 0).toBeLessThanOrEqual(u);
          expect(request.serialNumbers?.length ?? 0).toBeLessThanOrEqual(s);
          expect(request.assets.length).toBeGreaterThan(0);
          expect((request.clientUserIds?.length ?? 0) + (request.serialNumbers?.length ?? 0)).toBeGreaterThan(0);
        }
        const asked = requests.flatMap(assetTargets).map(targetKey);
        expect(new Set(asked).size).toBe(asked.length);
        expect(new Set(asked)).toEqual(new Set(assetTargets(change).map(targetKey)));
      }),
    );
  });

  test('of subscriptions keeps its other properties in every part', () => {
    fc.assert(
      fc.property(ids(''), ids('u'), limit, limit, (adamIds, clientUserIds, a, u) => {
        const limits = { maxSubscriptions: a, maxSubscriptionClientUserIds: u };

        const requests = [...chunkSubscriptions({ adamIds, clientUserIds, renewing: false }, limits)];

        for (const request of requests) {
          expect(request.renewing).toBe(false);
          expect(request.adamIds.length).toBeLessThanOrEqual(a);
          expect(request.clientUserIds.length).toBeLessThanOrEqual(u);
        }
        const asked = requests.flatMap(subscriptionTargets).map(targetKey);
        const wanted = subscriptionTargets({ adamIds, clientUserIds }).map(targetKey);
        expect(asked.toSorted()).toEqual([...new Set(wanted)].toSorted());
      }),
    );
  });

  test('of users names each user once, with the last entry', () => {
    const users = [
      { clientUserId: 'a', email: 'old@example.org' },
      { clientUserId: 'b' },
      { clientUserId: 'a', email: 'new@example.org' },
    ];

    expect([...chunkUsers({ users }, { maxUsers: 1 })]).toEqual([
      { users: [{ clientUserId: 'a', email: 'new@example.org' }] },
      { users: [{ clientUserId: 'b' }] },
    ]);
  });

  test('that revokes keeps the smaller limits of revoking', () => {
    const serialNumbers = Array.from({ length: 250 }, (_, at) => `S${at}`);

    const sizes = [...chunkRevoke({ serialNumbers, clientUserIds: ['u'] }, {})].map(
      (request) => request.serialNumbers?.length ?? -(request.clientUserIds?.length ?? 0),
    );

    expect(sizes).toEqual([-1, 100, 100, 50]);
  });
});

test('an invalid limit does not split forever', () => {
  const serialNumbers = ['S1', 'S2'];

  expect([
    ...chunkAssets({ assets: [{ adamId: '1' }], serialNumbers }, { maxAssets: 0, maxSerialNumbers: -3 }),
  ]).toEqual([{ assets: [{ adamId: '1' }], serialNumbers }]);
});

test('revocations come before assignments', () => {
  const steps = [
    ...planChanges(
      {
        associate: { assets: [{ adamId: '1' }], serialNumbers: ['S1', 'S2', 'S3'] },
        disassociate: { assets: [{ adamId: '1' }], serialNumbers: ['S7', 'S8', 'S9'] },
      },
      { maxSerialNumbers: 2 },
    ),
  ];

  expect(steps.map(({ type, request }) => [type, request.serialNumbers])).toEqual([
    ['DISASSOCIATE', ['S7', 'S8']],
    ['DISASSOCIATE', ['S9']],
    ['ASSOCIATE', ['S1', 'S2']],
    ['ASSOCIATE', ['S3']],
  ]);
});
