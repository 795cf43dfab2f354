import type { Location } from '../location.ts';
import type { World } from '../world.ts';
import { countsOf, type Subscription } from './subscription.ts';

/** Runs the period's end when the clock gets there, and the next one, for as long as seats renew. */
export function watchPeriod(world: World, location: Location, subscription: Subscription): void {
  const endsAt = subscription.periodEndsAt;
  world.clock.at(endsAt, () => {
    // The portal may have set another end meanwhile; that one has its own watch.
    if (subscription.periodEndsAt !== endsAt) return;
    endPeriod(world, location, subscription);
  });
}

/** Expiring seats vanish with their assignments; assignments that do not renew end and give their seat back. */
function endPeriod(world: World, location: Location, subscription: Subscription): void {
  const ended = [...subscription.assignments.values()].filter((one) => one.seat === 'expiring' || !one.renewing);
  for (const { clientUserId } of ended) {
    subscription.assignments.delete(clientUserId);
    subscription.admins.delete(clientUserId);
  }
  subscription.owned = { renewing: subscription.owned.renewing, expiring: 0 };
  location.versions.bump('subscriptions');
  tellCounts(world, location, subscription);
  const byEvent = Map.groupBy(
    ended.filter((one) => one.endsBy !== undefined),
    (one) => one.endsBy ?? '',
  );
  for (const [eventId, rows] of byEvent) {
    world.notify(location, 'SUBSCRIPTION_MANAGEMENT', {
      type: 'DISASSOCIATE',
      result: 'SUCCESS',
      eventId,
      assignments: rows.map(({ clientUserId }) => ({ adamId: subscription.adamId, clientUserId, renewing: false })),
    });
  }
  if (subscription.owned.renewing > 0) {
    subscription.periodEndsAt = oneMonthAfter(subscription.periodEndsAt);
    watchPeriod(world, location, subscription);
  }
}

/** SUBSCRIPTION_COUNT: absolute numbers. */
export function tellCounts(world: World, location: Location, subscription: Subscription): void {
  const { available, total } = countsOf(subscription);
  const { parentAdamId, adamId } = subscription;
  world.notify(location, 'SUBSCRIPTION_COUNT', { parentAdamId, adamId, counts: { available, total } });
}

export function oneMonthAfter(ms: number): number {
  const date = new Date(ms);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.getTime();
}
