import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Hook, HookState, ShownAddress } from '../domain/hooks/hook.ts';
import type { Instant } from '../domain/instant.ts';

/** What to store about a hook after Apple showed or accepted it. Omitted properties stay. */
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
  /** Inside `write`, locked until the transaction ends. */
  of(uId: string): Promise<Hook | null>;
  byPath(path: string): Promise<{ uId: string; secrets: { sealed: string; mark: string }[] } | null>;
  /** Does nothing if the location already has one. */
  insert(hook: { uId: string; path: string; secret: string; secretMark: string }, now: Instant): Promise<void>;
  change(uId: string, change: HookChange): Promise<void>;
  /** Returns false if another process updates Apple at this moment. */
  take(uId: string, until: Instant, now: Instant): Promise<boolean>;
  release(uId: string): Promise<void>;
  /** Returns tokens whose hook is due for a retry, where Winesap manages the location. */
  due(now: Instant): Promise<string[]>;
  /**
   * Counts requests without the right secret. Returns true if the log should mention it: it has not since
   * `loggedBefore`.
   */
  refused(uId: string, times: number, loggedBefore: Instant, now: Instant): Promise<boolean>;
  /** Records when the log last summarized what notifications changed. */
  logged(uId: string, now: Instant): Promise<void>;
  loggedAt(uId: string): Promise<Instant | null>;
}
