import type { Assignment } from '../licenses/asset.ts';
import type { NoticedUser, UserChangeKind } from '../users/noticed-user.ts';

interface Envelope {
  /** Apple's ID; null if there is none. */
  notificationId: string | null;
  /** Apple's word, also for unknown types. */
  type: string;
  /** The location that it names. */
  uId: string | null;
}

/** Licenses were assigned or released; the `failed` ones were not. */
export interface AssignmentNotice extends Envelope {
  kind: 'assignments';
  change: 'given' | 'taken';
  succeeded: boolean;
  errorNumber: number | null;
  assignments: Assignment[];
  eventId: string;
}

/** Licenses were bought, refunded, or transferred. */
export interface CountNotice extends Envelope {
  kind: 'count';
  adamId: string;
  pricingParam: string;
  delta: number;
}

export interface UserNotice extends Envelope {
  kind: 'users';
  change: UserChangeKind;
  succeeded: boolean;
  errorNumber: number | null;
  users: NoticedUser[];
}

/** An asset became unlimited, or similar: its counts have to be read. */
export interface UnlimitedNotice extends Envelope {
  kind: 'unlimited';
  adamId: string | null;
  pricingParam: string | null;
}

/** Nothing in Winesap changes with it: a test, subscriptions, an unknown type. */
export interface OtherNotice extends Envelope {
  /** `misshapen`: a known type in an unknown shape. */
  kind: 'test' | 'subscription' | 'unknown' | 'misshapen';
}

/** An Apple notification, in Winesap's words. */
export type Notice = AssignmentNotice | CountNotice | UserNotice | UnlimitedNotice | OtherNotice;
