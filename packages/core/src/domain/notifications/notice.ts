import type { Assignment } from '../licenses/asset.ts';
import type { NoticedUser, UserChangeKind } from '../users/noticed-user.ts';

interface Envelope {
  /** Apple's; null where it gives none. */
  notificationId: string | null;
  /** Apple's word, also for what we do not know. */
  type: string;
  /** The location it names. */
  uId: string | null;
}

/** Licenses were given or taken; `failed` ones were not. */
export interface AssignmentNotice extends Envelope {
  kind: 'assignments';
  change: 'given' | 'taken';
  succeeded: boolean;
  errorNumber: number | null;
  assignments: Assignment[];
  eventId: string;
}

/** Licenses were bought, refunded or transferred. */
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

/** An asset became unlimited, or something of the kind: its counts have to be read. */
export interface UnlimitedNotice extends Envelope {
  kind: 'unlimited';
  adamId: string | null;
  pricingParam: string | null;
}

/** Nothing of ours changes with it: a test, subscriptions, a type of tomorrow. */
export interface OtherNotice extends Envelope {
  /** `misshapen`: a type we know, said in a form we do not. */
  kind: 'test' | 'subscription' | 'unknown' | 'misshapen';
}

/** What a notification of Apple says, in our words. */
export type Notice = AssignmentNotice | CountNotice | UserNotice | UnlimitedNotice | OtherNotice;
