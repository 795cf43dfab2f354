import { type Assignment, readAssignment } from '../assets/assignment.ts';
import { type EventFailure, type EventType, readFailure } from '../events/event-status.ts';
import type { Target } from '../events/targets.ts';
import { Fields, isObject, type Json, ShapeError } from '../read/fields.ts';
import {
  readSeats,
  readSubscriptionAssignment,
  type Seats,
  type SubscriptionAssignment,
} from '../subscriptions/subscription.ts';
import { readUser, type User } from '../users/user.ts';

interface Envelope {
  /** Opaque. Apple may send one twice: drop those whose id was seen. */
  readonly notificationId: string | null;
  /** Apple's word, also for types we do not know. */
  readonly notificationType: string;
  /** The location. */
  readonly uId: string | null;
  /** The inner object as it came. */
  readonly raw: Json;
}

/** What notifications about the progress of a change have in common. */
export interface EventNotification extends Envelope {
  readonly kind: 'ASSET_MANAGEMENT' | 'USER_MANAGEMENT' | 'SUBSCRIPTION_MANAGEMENT';
  readonly eventId: string;
  readonly type: EventType | null;
  readonly succeeded: boolean;
  /** At most one, for everything listed. */
  readonly error: EventFailure | null;
  /** How many tasks it tells about; at most 100. */
  readonly tasks: number;
  /** The same tasks, to be matched with those of a request. */
  readonly targets: readonly Target[];
}

/** Licenses were given or taken, or could not be. */
export interface AssetManagementNotification extends EventNotification {
  readonly kind: 'ASSET_MANAGEMENT';
  readonly assignments: readonly Assignment[];
}

/** Users were created, changed or retired, or could not be. */
export interface UserManagementNotification extends EventNotification {
  readonly kind: 'USER_MANAGEMENT';
  readonly users: readonly User[];
}

/** Seats were given or taken. */
export interface SubscriptionManagementNotification extends EventNotification {
  readonly kind: 'SUBSCRIPTION_MANAGEMENT';
  readonly assignments: readonly SubscriptionAssignment[];
}

/** Licenses were bought, refunded or transferred: the total changed by `countDelta`. Not sent for assignments. */
export interface AssetCountNotification extends Envelope {
  readonly kind: 'ASSET_COUNT';
  readonly adamId: string;
  readonly pricingParam: string;
  readonly countDelta: number;
}

/** People accepted invitations. */
export interface UserAssociatedNotification extends Envelope {
  readonly kind: 'USER_ASSOCIATED';
  readonly associatedUsers: readonly User[];
}

/** Seats were bought, renewed or ended. Absolute numbers, not differences. */
export interface SubscriptionCountNotification extends Envelope {
  readonly kind: 'SUBSCRIPTION_COUNT';
  readonly parentAdamId: string | null;
  readonly adamId: string;
  readonly counts: { readonly available: Seats | null; readonly total: Seats | null };
}

/** The test Apple sends when notifications are configured, and a type listed without a description: read assets anew. */
export interface PlainNotification extends Envelope {
  readonly kind: 'TEST_NOTIFICATION' | 'UNLIMITED_ASSET';
}

/** A type of tomorrow, or one of today in a shape we do not know. `raw` has everything. */
export interface OtherNotification extends Envelope {
  readonly kind: 'OTHER';
}

/** Source: subscribing-to-notifications (documented; `UNLIMITED_ASSET` without its content). */
export type AppleNotification =
  | AssetManagementNotification
  | UserManagementNotification
  | SubscriptionManagementNotification
  | AssetCountNotification
  | UserAssociatedNotification
  | SubscriptionCountNotification
  | PlainNotification
  | OtherNotification;

/** Reads the body of a notification. Null when it is none at all: not JSON, or without a type. */
export function readNotification(body: string): AppleNotification | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isObject(parsed)) return null;
  const outer = new Fields(parsed, '');
  const notificationType = outer.text('notificationType');
  if (notificationType === null) return null;
  const raw = isObject(parsed.notification) ? parsed.notification : {};
  const envelope = { notificationId: outer.text('notificationId'), notificationType, uId: outer.text('uId'), raw };
  try {
    return readKnown(envelope, new Fields(raw, 'notification'));
  } catch (error) {
    // Never lose a notification over its shape: it still says that something changed.
    if (error instanceof ShapeError) return { ...envelope, kind: 'OTHER' };
    throw error;
  }
}

function readKnown(envelope: Envelope, inner: Fields): AppleNotification {
  switch (envelope.notificationType) {
    case 'ASSET_MANAGEMENT': {
      const assignments = inner.rows('assignments', readAssignment);
      return { ...envelope, kind: 'ASSET_MANAGEMENT', ...readProgress(inner, assignments.map(toTarget)), assignments };
    }
    case 'USER_MANAGEMENT': {
      const users = inner.rows('users', readUser);
      return { ...envelope, kind: 'USER_MANAGEMENT', ...readProgress(inner, users.map(toTarget)), users };
    }
    case 'SUBSCRIPTION_MANAGEMENT': {
      const assignments = inner.rows('assignments', readSubscriptionAssignment);
      const progress = readProgress(inner, assignments.map(toTarget));
      return { ...envelope, kind: 'SUBSCRIPTION_MANAGEMENT', ...progress, assignments };
    }
    case 'ASSET_COUNT':
      return {
        ...envelope,
        kind: 'ASSET_COUNT',
        adamId: inner.needText('adamId'),
        pricingParam: inner.text('pricingParam') ?? 'STDQ',
        countDelta: inner.count('countDelta') ?? lacks('countDelta'),
      };
    case 'USER_ASSOCIATED':
      return { ...envelope, kind: 'USER_ASSOCIATED', associatedUsers: inner.rows('associatedUsers', readUser) };
    case 'SUBSCRIPTION_COUNT':
      return {
        ...envelope,
        kind: 'SUBSCRIPTION_COUNT',
        parentAdamId: inner.text('parentAdamId'),
        adamId: inner.needText('adamId'),
        counts: inner.child('counts', (counts) => ({
          available: counts.child('available', readSeats),
          total: counts.child('total', readSeats),
        })) ?? { available: null, total: null },
      };
    case 'TEST_NOTIFICATION':
    case 'UNLIMITED_ASSET':
      return { ...envelope, kind: envelope.notificationType };
    default:
      return { ...envelope, kind: 'OTHER' };
  }
}

function readProgress(inner: Fields, targets: readonly Target[]) {
  return {
    eventId: inner.needText('eventId'),
    type: inner.text('type') as EventType | null,
    succeeded: inner.needText('result') === 'SUCCESS',
    error: inner.child('error', readFailure),
    tasks: targets.length,
    targets,
  };
}

function toTarget(row: Partial<Target>): Target {
  return {
    adamId: row.adamId ?? null,
    pricingParam: row.pricingParam ?? null,
    clientUserId: row.clientUserId ?? null,
    serialNumber: row.serialNumber ?? null,
  };
}

function lacks(name: string): never {
  throw new ShapeError(`notification.${name}`);
}
