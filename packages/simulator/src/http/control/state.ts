import { availableOf } from '../../world/assets/asset.ts';
import { countsOf } from '../../world/subscriptions/subscription.ts';
import { isActive } from '../../world/users/user.ts';
import { type ControlCall, type ControlResult, locationOf } from './control-call.ts';
import { rowOf } from './locations.ts';

export function readRequests({ requests }: ControlCall): ControlResult {
  return requests.report();
}

export function clearRequests({ requests }: ControlCall): ControlResult {
  requests.clear();
  return {};
}

/** Names and ids of everything that is listed or was bought. */
export function readCatalog({ world }: ControlCall): ControlResult {
  return { catalog: world.catalog.all() };
}

/** What was sent to whom, oldest first, the last thousand. */
export function readNotifications({ notifier }: ControlCall): ControlResult {
  return { notifications: notifier.sent };
}

/** One location as it truly is. Secrets are left out. */
export function readState(call: ControlCall): ControlResult {
  const location = locationOf(call);
  const { versions, notifications } = location;
  return {
    ...rowOf(call.world, location),
    assets: location.assets.all.map((asset) => ({
      adamId: asset.adamId,
      pricingParam: asset.pricingParam,
      productType: asset.productType,
      unlimited: asset.unlimited,
      totalCount: asset.unlimited ? null : asset.total,
      assignedCount: asset.assigned,
      availableCount: asset.unlimited ? null : availableOf(asset),
      retiredCount: asset.retired,
      deviceAssignable: asset.deviceAssignable,
      revocable: asset.revocable,
    })),
    assignments: location.assignments.length,
    users: { total: location.users.all.length, active: location.users.all.filter(isActive).length },
    versions: {
      assets: versions.text('assets'),
      assignments: versions.text('assignments'),
      users: versions.text('users'),
    },
    subscriptions: location.subscriptions.all.map((one) => ({ adamId: one.adamId, counts: countsOf(one) })),
    claim: location.mdmInfo ?? null,
    notifications: { url: notifications.url ?? null, types: notifications.types },
    usedWithV2: location.usedWithV2,
  };
}

/** Every assignment and user of one location as they truly are, whatever faults say of them. */
export function readRows(call: ControlCall): ControlResult {
  const { assets, assignments, holders, users } = locationOf(call);
  return {
    assignments: Array.from({ length: assignments.length }, (_, row) => {
      const { adamId, pricingParam } = assets.at(assignments.asset[row] ?? 0);
      const holder = assignments.holder[row] ?? 0;
      const user = holders.user(holder);
      return {
        adamId,
        pricingParam,
        ...(user === undefined ? { serialNumber: holders.serialNumber(holder) } : { clientUserId: user.clientUserId }),
      };
    }),
    users: users.all.map(({ clientUserId, status, email }) => ({ clientUserId, status, email: email ?? null })),
  };
}
