import type { Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notifications/notice.ts';

/** Knows what Apple's notifications look like. Asks nobody. */
export interface Notices {
  /** Null when the body is no notification at all. */
  read(body: string): Notice | null;
  /** Whether an `Authorization` header carries one of the secrets; takes the same time whichever letter differs. */
  carriesSecret(authorization: string | undefined, secrets: readonly string[]): boolean;
}

/** A notification as it came in. */
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
  /** Gives how many are new; those that came before are passed over. */
  insert(arrivals: readonly Arrival[], now: Instant): Promise<number>;
  /** The oldest that wait at a location, locked. */
  waiting(uId: string, limit: number): Promise<StoredNotification[]>;
  /** Locations where something waits since before. */
  locationsWaiting(before: Instant, limit: number): Promise<string[]>;
  settle(results: readonly { id: number; effect: object; logged: boolean }[], now: Instant): Promise<void>;
  fail(id: number, why: string): Promise<void>;
  /** Takes the effects nobody logged of yet, and marks them logged. */
  takeUnlogged(uId: string, limit: number): Promise<object[]>;
  byId(uId: string, id: number): Promise<(StoredNotification & { state: 'waiting' | 'done' | 'failed' }) | null>;
  /** Lets them wait again; gives how many. */
  putBack(uId: string, ids: readonly number[] | 'failed'): Promise<number>;
  /** Of those that are processed; gives how many. */
  deleteProcessedBefore(instant: Instant): Promise<number>;
}
