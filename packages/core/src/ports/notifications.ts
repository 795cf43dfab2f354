import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Hook, HookState, ShownAddress } from '../domain/hooks/hook.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notifications/notice.ts';

/** Knows what Apple's notifications look like. Asks nobody. */
export interface Notices {
  /** Null when the body is no notification at all. */
  read(body: string): Notice | null;
  /** Whether an `Authorization` header carries one of the secrets; takes the same time whichever letter differs. */
  carriesSecret(authorization: string | undefined, secrets: readonly string[]): boolean;
}

/** What is to be stored of a hook that Apple showed or was told. Left out: stays. */
export interface HookChange {
  state?: HookState;
  setAt?: Instant;
  shown?: { address: ShownAddress; url: string | null; types: readonly string[]; at: Instant };
  wantedTypes?: { types: readonly string[]; at: Instant };
  rotationWanted?: boolean;
  next?: Hook['next'];
  secret?: { secret: string; mark: string; at: Instant };
  failure?: { failure: AppleFailure; at: Instant } | null;
  /** Null: all is well. */
  retry?: { attempts: number; at: Instant } | null;
}

export interface Hooks {
  /** Locked until the transaction ends. */
  of(uId: string): Promise<Hook | null>;
  byPath(path: string): Promise<{ uId: string; secrets: { sealed: string; mark: string }[] } | null>;
  /** Does nothing where the location has one. */
  insert(hook: { uId: string; path: string; secret: string; secretMark: string }, now: Instant): Promise<void>;
  change(uId: string, change: HookChange): Promise<void>;
  /** False when somebody else tells Apple at this moment. */
  take(uId: string, until: Instant, now: Instant): Promise<boolean>;
  release(uId: string): Promise<void>;
  /** Tokens whose hook was promised to be tried again by now, where Winesap manages the location. */
  due(now: Instant): Promise<string[]>;
  /**
   * Counts requests that did not carry the secret. True when the log is to be told: it was not since `tellBefore`.
   */
  refused(uId: string, times: number, tellBefore: Instant, now: Instant): Promise<boolean>;
  /** Notes when the log last told of what notifications changed. */
  told(uId: string, now: Instant): Promise<void>;
  toldAt(uId: string): Promise<Instant | null>;
}

/** What notifications say of one asset's counts. */
export interface CountChange {
  adamId: string;
  pricingParam: string;
  /** More or, negative, fewer licenses assigned. */
  assigned: number;
  /** Bought or, negative, refunded. */
  total: number;
  /** Left alone when the asset was read since: that reading may know it already. Null: in any case. */
  unreadSince: Instant | null;
}

/**
 * `unknown`: the asset is not listed here. `recent`: left alone, read a moment ago. `contradicts`: a count would have
 * fallen below nothing.
 */
export type CountOutcome = 'done' | 'unknown' | 'recent' | 'contradicts';

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
  placesWaiting(before: Instant, limit: number): Promise<string[]>;
  settle(results: readonly { id: number; effect: object; told: boolean }[], now: Instant): Promise<void>;
  fail(id: number, why: string): Promise<void>;
  /** Takes the effects nobody told of yet, and marks them told. */
  takeUntold(uId: string, limit: number): Promise<object[]>;
  byId(uId: string, id: number): Promise<(StoredNotification & { state: 'waiting' | 'done' | 'failed' }) | null>;
  /** Lets them wait again; gives how many. */
  putBack(uId: string, ids: readonly number[] | 'failed'): Promise<number>;
  /** Of those that are processed; gives how many. */
  deleteProcessedBefore(instant: Instant): Promise<number>;
}
