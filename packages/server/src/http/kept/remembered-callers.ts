import { hash } from 'node:crypto';
import type { Caller } from '../../auth/caller.ts';
import type { Changes } from '../../store/changes.ts';

/** A caller is looked up again after this long, which also records when a key was last used. */
const REMEMBERED_MS = 30_000;
const MOST = 1_000;

interface Remembered {
  caller: Caller;
  untilMs: number;
}

/**
 * Caches the caller of a cookie or key, so that not every request queries the database. An entry is dropped with the
 * commit that ends a session, a key, or a person's access, in any process, and is not used while it is unknown whether
 * that has happened.
 */
export class RememberedCallers {
  readonly #changes: Changes;
  readonly #now: () => Date;
  /** By a hash: credentials aren't kept in memory in clear text. */
  readonly #callers = new Map<string, Remembered>();
  #asOf = 0;

  constructor(changes: Changes, now: () => Date) {
    this.#changes = changes;
    this.#now = now;
  }

  /** `upToDate` is the result of `Changes` after the request arrived. Strangers are looked up each time. */
  async find(shown: string, upToDate: boolean, lookUp: () => Promise<Caller | null>): Promise<Caller | null> {
    if (!upToDate) return lookUp();
    const asOf = this.#changes.count('access');
    if (asOf !== this.#asOf) this.#callers.clear();
    this.#asOf = asOf;
    const key = hash('sha256', shown);
    const nowMs = this.#now().getTime();
    const remembered = this.#callers.get(key);
    if (remembered !== undefined && nowMs < remembered.untilMs) return remembered.caller;
    const caller = await lookUp();
    // A change during the lookup may not be in its result.
    if (caller !== null && this.#changes.count('access') === asOf) this.#remember(key, caller, nowMs);
    return caller;
  }

  #remember(key: string, caller: Caller, nowMs: number): void {
    const { expiresAt } = caller.credential;
    const untilMs = Math.min(nowMs + REMEMBERED_MS, expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
    this.#callers.delete(key);
    const [oldest] = this.#callers.keys();
    if (this.#callers.size >= MOST && oldest !== undefined) this.#callers.delete(oldest);
    this.#callers.set(key, { caller, untilMs });
  }
}
