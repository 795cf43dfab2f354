export type SeatKind = 'renewing' | 'expiring';

/** A seat in use. `renewing` is what was asked for, `seat` what kind of seat was taken. */
export interface SubscriptionAssignment {
  readonly clientUserId: string;
  renewing: boolean;
  readonly seat: SeatKind;
  /** The event whose deferred disassociation ends it. */
  endsBy: string | undefined;
}

export interface SeatCounts {
  readonly renewing: number;
  readonly expiring: number;
}

/** One subscription product at a location. `owned` seats by kind; assignments by user. */
export interface Subscription {
  readonly adamId: number;
  parentAdamId: number | null;
  owned: SeatCounts;
  /** End of the current period, epoch milliseconds: the first instant of the day after it. */
  periodEndsAt: number;
  readonly assignments: Map<string, SubscriptionAssignment>;
  readonly admins: Set<string>;
}

/**
 * Assigned follows what was asked for, available follows the kind of the free seats, total follows ownership, so that
 * both kinds of assigned and available together equal both kinds of total.
 */
export function countsOf(subscription: Subscription): Record<'assigned' | 'available' | 'total', SeatCounts> {
  const all = [...subscription.assignments.values()];
  const count = (keep: (one: SubscriptionAssignment) => boolean) => all.filter(keep).length;
  const { owned } = subscription;
  return {
    assigned: { renewing: count((one) => one.renewing), expiring: count((one) => !one.renewing) },
    available: {
      renewing: owned.renewing - count((one) => one.seat === 'renewing'),
      expiring: owned.expiring - count((one) => one.seat === 'expiring'),
    },
    total: { ...owned },
  };
}

/** The seat an assignment would take: a renewing one wants its kind, another prefers a seat that expires anyway. */
export function freeSeat(subscription: Subscription, renewing: boolean | undefined): SeatKind | undefined {
  const { available } = countsOf(subscription);
  if (renewing === true) return available.renewing > 0 ? 'renewing' : undefined;
  if (renewing === false) return available.expiring > 0 ? 'expiring' : available.renewing > 0 ? 'renewing' : undefined;
  return available.renewing > 0 ? 'renewing' : available.expiring > 0 ? 'expiring' : undefined;
}
