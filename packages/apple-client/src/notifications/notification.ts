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
  /** Opaque. Apple may send a notification twice: drop repeats by this ID. */
  readonly notificationId: string | null;
  /** Apple's word, also for unknown types. */
  readonly notificationType: string;
  /** The location. */
  readonly uId: string | null;
  /** The inner object as it arrived. */
  readonly raw: Json;
}

/** What notifications about the progress of a change share. */
export interface EventNotification extends Envelope {
  readonly kind: 'ASSET_MANAGEMENT' | 'USER_MANAGEMENT' | 'SUBSCRIPTION_MANAGEMENT';
  readonly eventId: string;
  readonly type: EventType | null;
  readonly succeeded: boolean;
  /** At most one, for everything listed. */
  readonly error: EventFailure | null;
  /** The number of tasks that it covers, at most 100. */
  readonly tasks: number;
  /** The same tasks, to match with those of a request. */
  readonly targets: readonly Target[];
}

/** Licenses were assigned or revoked, or could not be. */
export interface AssetManagementNotification extends EventNotification {
  readonly kind: 'ASSET_MANAGEMENT';
  readonly assignments: readonly Assignment[];
}

/** Users were created, changed or retired, or could not be. */
export interface UserManagementNotification extends EventNotification {
  readonly kind: 'USER_MANAGEMENT';
  readonly users: readonly User[];
}

/** Seats were assigned or revoked. */
export interface SubscriptionManagementNotification extends EventNotification {
  readonly kind: 'SUBSCRIPTION_MANAGEMENT';
  readonly assignments: readonly SubscriptionAssignment[];
}

/** Licenses were bought, refunded, or transferred: the total changed by `countDelta`. Not sent for assignments. */
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

/** Seats were bought, renewed, or ended. Counts are absolute, not differences. */
export interface SubscriptionCountNotification extends Envelope {
  readonly kind: 'SUBSCRIPTION_COUNT';
  readonly parentAdamId: string | null;
  readonly adamId: string;
  readonly counts: { readonly available: Seats | null; readonly total: Seats | null };
}

/**
 * The test that Apple sends when notifications are configured, and a type that is listed without a description: read
 * the assets again.
 */
export interface PlainNotification extends Envelope {
  readonly kind: 'TEST_NOTIFICATION' | 'UNLIMITED_ASSET';
}

/** An unknown type, or a known one in an unknown shape. `raw` has everything. */
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

/** Reads the body of a notification. Returns null if it isn't one: not JSON, or without a type. */
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
    // Never drop a notification because of its shape: it still says that something changed.
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
