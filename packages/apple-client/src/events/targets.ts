import type { ManageSubscriptions } from '../subscriptions/subscription-calls.ts';
import type { ManageUsers } from '../users/user-calls.ts';
import type { ManageAssets, RevokeAssets } from './changes.ts';

/**
 * One task of a change: a license and its holder, or a user, or (for a revocation) a holder. What does not apply is
 * null.
 */
export interface Target {
  readonly adamId: string | null;
  readonly pricingParam: string | null;
  readonly clientUserId: string | null;
  readonly serialNumber: string | null;
}

const NOTHING: Target = { adamId: null, pricingParam: null, clientUserId: null, serialNumber: null };

/** Returns the tasks of a request: every asset for every holder. */
export function assetTargets(request: ManageAssets): Target[] {
  const holders = holderTargets(request);
  return request.assets.flatMap(({ adamId, pricingParam = 'STDQ' }) =>
    holders.map((holder) => ({ ...holder, adamId, pricingParam })),
  );
}

/** Users and devices whose licenses are all revoked. Only Apple knows how many tasks that makes. */
export function holderTargets({ clientUserIds = [], serialNumbers = [] }: RevokeAssets): Target[] {
  return [
    ...clientUserIds.map((clientUserId) => ({ ...NOTHING, clientUserId })),
    ...serialNumbers.map((serialNumber) => ({ ...NOTHING, serialNumber })),
  ];
}

export function userTargets({ users }: ManageUsers): Target[] {
  return users.map(({ clientUserId }) => ({ ...NOTHING, clientUserId }));
}

export function subscriptionTargets({ adamIds, clientUserIds }: ManageSubscriptions): Target[] {
  return adamIds.flatMap((adamId) => clientUserIds.map((clientUserId) => ({ ...NOTHING, adamId, clientUserId })));
}

/** Returns a key that is the same for the same task. */
export function targetKey(target: Target): string {
  return JSON.stringify([target.adamId, target.pricingParam, target.clientUserId, target.serialNumber]);
}
