import type { Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notifications/notice.ts';

/** Parses Apple's notifications. Sends nothing. */
export interface Notices {
  /** Returns null if the body isn't a notification. */
  read(body: string): Notice | null;
  /** Whether an `Authorization` header carries one of the secrets. Takes the same time whichever character differs. */
  carriesSecret(authorization: string | undefined, secrets: readonly string[]): boolean;
}

/** A notification as it arrived. */
export interface Arrival {
  uId: string;
  notificationId: string;
  type: string | null;
  body: string;
}

export interface StoredNotification extends Arrival {
  id: number;
  receivedAt: Instant;
}

export interface Notifications {
  /** Returns the number of new ones; repeats are ignored. */
  insert(arrivals: readonly Arrival[], now: Instant): Promise<number>;
  /** Returns the oldest waiting ones of a location, locked. */
  waiting(uId: string, limit: number): Promise<StoredNotification[]>;
  /** Returns locations where something has waited since before that. */
  locationsWaiting(before: Instant, limit: number): Promise<string[]>;
  settle(results: readonly { id: number; effect: object; logged: boolean }[], now: Instant): Promise<void>;
  fail(id: number, why: string): Promise<void>;
  /** Takes the effects that are not in the log yet, and marks them as logged. */
  takeUnlogged(uId: string, limit: number): Promise<object[]>;
  byId(uId: string, id: number): Promise<(StoredNotification & { state: 'waiting' | 'done' | 'failed' }) | null>;
  /** Makes them wait again. Returns their number. */
  putBack(uId: string, ids: readonly number[] | 'failed'): Promise<number>;
  /** Deletes processed ones. Returns their number. */
  deleteProcessedBefore(instant: Instant): Promise<number>;
}
