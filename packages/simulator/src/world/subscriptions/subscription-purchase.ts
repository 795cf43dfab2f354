import type { Location } from '../location.ts';
import type { World } from '../world.ts';
import type { Subscription } from './subscription.ts';
import { oneMonthAfter, tellCounts, watchPeriod } from './subscription-period.ts';

export interface SeatsWanted {
  readonly parentAdamId: number | null;
  readonly adamId: number;
  readonly renewing: number;
  readonly expiring: number;
  /** The last instant of the period; a month from now when left out. */
  readonly periodEndsAt: number | undefined;
}

/** Sets the seats of a subscription. Gives it, or the sentence why not. Tells subscribers. */
export function setSeats(world: World, location: Location, wanted: SeatsWanted): Subscription | string {
  if (!location.subscriptions.enabled)
    return 'subscriptions are not enabled for this location; POST /subscriptions/enable first';
  const known = location.subscriptions.find(wanted.adamId);
  const taken = (seat: string) => [...(known?.assignments.values() ?? [])].filter((one) => one.seat === seat).length;
  for (const seat of ['renewing', 'expiring'] as const) {
    if (wanted[seat] < taken(seat)) return `${taken(seat)} ${seat} seats are in use; there cannot be fewer`;
  }
  const subscription: Subscription = known ?? {
    adamId: wanted.adamId,
    parentAdamId: wanted.parentAdamId,
    owned: { renewing: 0, expiring: 0 },
    periodEndsAt: oneMonthAfter(world.clock.now()),
    assignments: new Map(),
    admins: new Set(),
  };
  subscription.parentAdamId = wanted.parentAdamId;
  subscription.owned = { renewing: wanted.renewing, expiring: wanted.expiring };
  if (wanted.periodEndsAt !== undefined) subscription.periodEndsAt = wanted.periodEndsAt;
  if (known === undefined) location.subscriptions.add(subscription);
  if (known === undefined || wanted.periodEndsAt !== undefined) watchPeriod(world, location, subscription);
  location.versions.bump('subscriptions');
  tellCounts(world, location, subscription);
  return subscription;
}
