import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
});
afterAll(() => apple.close());

const IDS = ['900000001', '900000002', '900000901'];
const serialNumber = fc.constantFrom('A', 'B', 'C', 'D');
const clientUserId = fc.constantFrom('u-1', 'u-2');
const adamId = fc.constantFrom(...IDS);
const step = fc.oneof(
  fc.record({ act: fc.constant('buy' as const), adamId, quantity: fc.integer({ min: -4, max: 4 }) }),
  fc.record({
    act: fc.constantFrom('associateAssets' as const, 'disassociateAssets' as const),
    adamId,
    serialNumber,
    clientUserId,
  }),
  fc.record({ act: fc.constantFrom('createUsers' as const, 'retireUsers' as const), clientUserId }),
  fc.record({ act: fc.constant('revokeAssets' as const), serialNumber }),
);

test('whatever is bought, refunded, assigned, released and retired: counts add up, and equal the assignments', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { uId, token } = await apple.location();
      for (const one of steps) {
        if (one.act === 'buy')
          await apple.tryControl('POST', `/locations/${uId}/purchases`, { adamId: one.adamId, quantity: one.quantity });
        else await apple.call(one.act, { token, body: bodyOf(one) });
      }
      await apple.control('POST', '/clock', { advanceMs: 600_000 });

      const { assets } = (await apple.call('getAssets', { token })).body;
      const { assignments } = (await apple.call('getAssignments', { token })).body;

      for (const asset of assets) {
        expect(asset.assignedCount + asset.availableCount + asset.retiredCount).toBe(asset.totalCount);
        expect(assignments.filter((row: Json) => row.adamId === asset.adamId)).toHaveLength(asset.assignedCount);
      }
    }),
    { numRuns: 25 },
  );
});

type OtherStep = Exclude<typeof step extends fc.Arbitrary<infer T> ? T : never, { act: 'buy' }>;

function bodyOf(one: OtherStep): object {
  switch (one.act) {
    case 'associateAssets':
    case 'disassociateAssets': {
      const book = one.adamId === '900000901';
      return {
        assets: [{ adamId: one.adamId }],
        ...(book ? { clientUserIds: [one.clientUserId] } : { serialNumbers: [one.serialNumber] }),
      };
    }
    case 'createUsers':
    case 'retireUsers':
      return { users: [{ clientUserId: one.clientUserId }] };
    case 'revokeAssets':
      return { serialNumbers: [one.serialNumber] };
  }
}
