import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Hook, HookState, ShownAddress } from '../domain/hooks/hook.ts';
import type { Instant } from '../domain/instant.ts';

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
  /** In `write` locked until the transaction ends. */
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
   * Counts requests that did not carry the secret. True when the log is to be told: it was not since `loggedBefore`.
   */
  refused(uId: string, times: number, loggedBefore: Instant, now: Instant): Promise<boolean>;
  /** Notes when the log last told of what notifications changed. */
  logged(uId: string, now: Instant): Promise<void>;
  loggedAt(uId: string): Promise<Instant | null>;
}
