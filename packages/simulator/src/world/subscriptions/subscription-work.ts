import type { Location } from '../location.ts';
import type { Work } from '../work.ts';
import { freeSeat, type Subscription } from './subscription.ts';

const NO_SEAT = 9709;
const NOT_ASSIGNED = 9619;

export function associateSubscriptionsWork(
  location: Location,
  subscriptions: readonly Subscription[],
  users: readonly string[],
  renewing: boolean | undefined,
): Work {
  return crossWork(location, subscriptions, users, (subscription, clientUserId) => {
    const held = subscription.assignments.get(clientUserId);
    if (held !== undefined) {
      if (renewing !== undefined && held.seat === 'renewing') held.renewing = renewing;
      return undefined;
    }
    const seat = freeSeat(subscription, renewing);
    if (seat === undefined) return NO_SEAT;
    const asked = renewing ?? seat === 'renewing';
    subscription.assignments.set(clientUserId, { clientUserId, renewing: asked, seat, endsBy: undefined });
    return undefined;
  });
}

/** With `deferred` the assignment lasts until the period ends, and nothing is told before. */
export function disassociateSubscriptionsWork(
  location: Location,
  subscriptions: readonly Subscription[],
  users: readonly string[],
  deferredBy: (() => string) | undefined,
  missingFails: boolean,
): Work {
  const work = crossWork(location, subscriptions, users, (subscription, clientUserId) => {
    const held = subscription.assignments.get(clientUserId);
    if (held === undefined) return missingFails ? NOT_ASSIGNED : undefined;
    if (deferredBy === undefined) {
      subscription.assignments.delete(clientUserId);
      subscription.admins.delete(clientUserId);
    } else {
      held.renewing = false;
      held.endsBy = deferredBy();
    }
    return undefined;
  });
  return deferredBy === undefined ? work : { ...work, silent: true };
}

function crossWork(
  location: Location,
  subscriptions: readonly Subscription[],
  users: readonly string[],
  act: (subscription: Subscription, clientUserId: string) => number | undefined,
): Work {
  const at = (task: number) => ({
    subscription: subscriptions[Math.floor(task / users.length)] as Subscription,
    clientUserId: users[task % users.length] ?? '',
  });
  const elements: object[] = [];
  return {
    notificationType: 'SUBSCRIPTION_MANAGEMENT',
    elementsName: 'assignments',
    size: subscriptions.length * users.length,
    run(task) {
      const { subscription, clientUserId } = at(task);
      const before = subscription.assignments.get(clientUserId);
      const failed = act(subscription, clientUserId);
      location.versions.bump('subscriptions');
      const after = subscription.assignments.get(clientUserId) ?? before;
      elements[task] = { adamId: subscription.adamId, clientUserId, renewing: after?.renewing ?? false };
      return failed;
    },
    element(task) {
      const { subscription, clientUserId } = at(task);
      return elements[task] ?? { adamId: subscription.adamId, clientUserId, renewing: false };
    },
    target(task) {
      const { subscription, clientUserId } = at(task);
      return { asset: { adamId: String(subscription.adamId) }, clientUserId };
    },
  };
}
