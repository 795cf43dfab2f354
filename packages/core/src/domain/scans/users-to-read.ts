import { DAY_MS, type Instant } from '../instant.ts';
import type { ReadingKind } from '../licenses/reading.ts';
import type { Evidence } from '../list-evidence.ts';
import type { MissingUsers, UserReading } from '../users/user-reading.ts';

const ASKED_EVERY_MS = DAY_MS;

/**
 * Returns which users a scan has to read: all of them with every full scan, otherwise the changed ones, but only if
 * there is a sign of changes, so that a scan without changes stays short. `newHolder`: an assignment named an unknown
 * user.
 */
export function usersToRead(
  { version, readAt, toRecheck, missing }: UserReading,
  scanned: ReadingKind,
  newHolder: boolean,
  now: Instant,
): 'all' | 'changes' | null {
  if (version === null || version === '' || readAt === null || scanned === 'full' || missing !== null) return 'all';
  if (newHolder || toRecheck) return 'changes';
  return now.getTime() - readAt.getTime() >= ASKED_EVERY_MS ? 'changes' : null;
}

/** Returns an order-independent mark of names. */
export class NamesMark {
  #count = 0;
  #sum = 0;

  add(names: readonly string[]): void {
    for (const name of names) {
      this.#count += 1;
      let hash = 0x81_1c_9d_c5;
      for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01_00_01_93);
      this.#sum = (this.#sum + (hash >>> 0)) % 2 ** 48;
    }
  }

  /** Returns null if there are none. */
  read(): string | null {
    return this.#count === 0 ? null : `${this.#count}-${this.#sum.toString(36)}`;
  }
}

/**
 * Whether to accept that users missing from a list are gone. Apple sends no count of users, so one list can't prove it.
 * A second list that doesn't contradict itself and lacks the same users some minutes later is accepted.
 */
export function weighMissingUsers(
  { known, mark, evidence }: { known: MissingUsers | null; mark: string; evidence: Evidence },
  now: Instant,
  confirmAfterMs: number,
): { isGone: boolean; missing: MissingUsers | null } {
  if (evidence.kind === 'contradicts') return { isGone: false, missing: known };
  const since = known?.mark === mark ? known.since : now;
  const isGone = now.getTime() - since.getTime() >= confirmAfterMs;
  return { isGone, missing: isGone ? null : { mark, since } };
}

/**
 * Whether to show the first list of users. It can only be compared with itself and with the holders of licenses. If
 * some holders are missing, a second list that lacks as many some minutes later is accepted; one that contradicts
 * itself is accepted once Apple has sent it for a day. Until then, users are unknown.
 */
export function weighFirstUsers(
  {
    known,
    users,
    strangers,
    evidence,
  }: {
    known: MissingUsers | null;
    users: number;
    strangers: number;
    evidence: Evidence;
  },
  now: Instant,
  confirmAfterMs: number,
): { isProven: boolean; missing: MissingUsers | null } {
  const contradicts = evidence.kind === 'contradicts';
  if (!contradicts && strangers === 0) return { isProven: true, missing: null };
  const mark = `first-${users}-${strangers}`;
  const since = known?.mark === mark ? known.since : now;
  const isProven = now.getTime() - since.getTime() >= (contradicts ? DAY_MS : confirmAfterMs);
  return { isProven, missing: isProven ? null : { mark, since } };
}
