import type { UserStatus } from '../assets/assignment.ts';
import type { Fields } from '../read/fields.ts';
import type { Open, Unread } from '../read/trailer.ts';

/** Seats that continue after the period, and seats that end with it. */
export interface Seats {
  readonly renewing: number;
  readonly expiring: number;
}

/**
 * Seats of one subscription product. Assigned and available seats of both kinds add up to the total; all may be 0 for a
 * product that was held once. Apple writes these IDs as integers; here they are text, like every other `adamId`.
 * Source: responsesubscription (documented).
 */
export interface Subscription extends Unread {
  /** The app; null if there is none. */
  readonly parentAdamId: string | null;
  readonly adamId: string;
  readonly status: Open<'ACTIVE' | 'INACTIVE' | 'PAUSED'> | null;
  /** A day: `2027-01-31`. */
  readonly periodEndDate: string | null;
  readonly counts: { readonly assigned: Seats | null; readonly available: Seats | null; readonly total: Seats | null };
}

/** A seat held by a user. Source: subscriptionassignment (documented). */
export interface SubscriptionAssignment extends Unread {
  readonly adamId: string;
  readonly clientUserId: string;
  /** Whether it continues after the period. */
  readonly renewing: boolean | null;
}

/** A user who administers a subscription. Source: subscriptionadmin (documented). */
export interface SubscriptionAdmin extends Unread {
  readonly adamId: string;
  readonly clientUserId: string;
  readonly idHash: string | null;
  /** Only with `includeUserState`. */
  readonly userStatus: UserStatus | null;
}

export function readSeats(seats: Fields): Seats {
  return { renewing: seats.count('renewing') ?? 0, expiring: seats.count('expiring') ?? 0 };
}

export function readSubscription(row: Fields): Subscription {
  const counts = row.child('counts', (fields) => ({
    assigned: fields.child('assigned', readSeats),
    available: fields.child('available', readSeats),
    total: fields.child('total', readSeats),
  }));
  return {
    parentAdamId: row.text('parentAdamId'),
    adamId: row.needText('adamId'),
    status: row.text('status'),
    periodEndDate: row.text('periodEndDate'),
    counts: counts ?? { assigned: null, available: null, total: null },
    ...row.rest(),
  };
}

export function readSubscriptionAssignment(row: Fields): SubscriptionAssignment {
  return {
    adamId: row.needText('adamId'),
    clientUserId: row.needText('clientUserId'),
    renewing: row.flag('renewing'),
    ...row.rest(),
  };
}

export function readSubscriptionAdmin(row: Fields): SubscriptionAdmin {
  return {
    adamId: row.needText('adamId'),
    clientUserId: row.needText('clientUserId'),
    idHash: row.text('idHash'),
    userStatus: row.text('userStatus'),
    ...row.rest(),
  };
}
