import { DAY_MS, type Instant } from '../instant.ts';
import type { ReadingKind } from '../licenses/reading.ts';
import type { Evidence } from '../list-evidence.ts';
import type { MissingUsers, UserReading } from '../users/user-reading.ts';

const ASKED_EVERY_MS = DAY_MS;

/**
 * What a scan has to ask of the users, if anything: all of them with every full pass, else who changed, but only where
 * something speaks for it, so that a scan where nothing changed stays as short as it is. `newHolder`: an assignment
 * came that names somebody unknown.
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

/** An order-independent mark of names. */
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

  /** Null when there are none. */
  read(): string | null {
    return this.#count === 0 ? null : `${this.#count}-${this.#sum.toString(36)}`;
  }
}

/**
 * Whether users that a list leaves out are gone: Apple sends no count of users, so that a list can't prove it. It is
 * believed once a second list that doesn't contradict itself leaves out the same ones some minutes later.
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
 * Whether the first list of users may be shown. There is nothing to compare it with but itself and the holders of licenses:
 * where it lacks some of them, a second one that lacks as many some minutes later is believed; one that contradicts itself,
 * where Apple has sent it so for a day. Until then nothing is known of the users.
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
