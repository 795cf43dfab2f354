import {
  type Arrival,
  announceArrivals,
  arrivalOf,
  type Deps,
  keepArrivals,
  openHook,
  refuseNotifications,
} from '@winesap/core';
import type { Log } from '../log/create-log.ts';
import { createDebounced } from './debounced.ts';
import { createGroupCommit } from './group-commit.ts';
import { HookCache } from './hook-cache.ts';
import { createRate } from './rate.ts';

export type Refused =
  | { refused: 'unknown' }
  | { refused: 'wrong-secret' }
  | { refused: 'too-many'; retryAfterSeconds: number };

/** Receives Apple's notifications. */
export interface Inbox {
  /** Whether a request to this address may proceed; called before its body is read. */
  admit(path: string, authorization: string | undefined): Promise<{ uId: string } | Refused>;
  /** Resolves when it is on disk. */
  keep(uId: string, body: string): Promise<void>;
  /**
   * Resolves once nothing has arrived for a moment, or after a second, so that jobs on the inbox let incoming
   * notifications go first.
   */
  whenIdle(): Promise<void>;
  /** Finishes what is under way. Nothing may arrive afterwards. */
  stop(): Promise<void>;
}

export interface InboxOptions {
  /** For all locations together; a single one may use half of it. */
  perSecond: number;
  log: Log;
  counted: { received(): void; refused(why: Refused['refused']): void };
}

/** Everything that arrives within these milliseconds shares one transaction. */
const GATHER_MS = 3;
const AT_MOST = 500;
/** At most this many wait for the disk: Apple repeats the others. */
const WAITING_AT_MOST = 5000;
/** A burst may be this many seconds at the full rate. */
const BURST_SECONDS = 5;
const WRONG_PER_SECOND = 5;
const UNKNOWN_PER_SECOND = 20;
const ANNOUNCE_EVERY_MS = 200;
const COUNT_WRONG_EVERY_MS = 10_000;
const MOMENT_MS = 50;
const NOT_LONGER_THAN_MS = 1000;

/**
 * Receives notifications: checks the sender, limits the rate, and writes to disk. A job processes them later; if this
 * process ends before it queues that job, the minute's round does.
 */
export function createInbox(deps: Deps, { perSecond, log, counted }: InboxOptions): Inbox {
  const nowMs = () => performance.now();
  const rate = (each: number, seconds = BURST_SECONDS) => createRate(each, Math.max(1, each * seconds), nowMs);
  const all = rate(perSecond);
  const each = rate(Math.max(1, perSecond / 2));
  const wrong = rate(WRONG_PER_SECOND);
  const unknown = rate(UNKNOWN_PER_SECOND);
  const hooks = new HookCache((path) => openHook(deps, path));
  const broke = (error: unknown) => log.error({ err: error }, 'the inbox of notifications reports an error');
  const announce = createDebounced(ANNOUNCE_EVERY_MS, (uId) => announceArrivals(deps, [uId]), broke);
  const refusals = createDebounced(COUNT_WRONG_EVERY_MS, (uId, times) => refuseNotifications(deps, uId, times), broke);
  const commit = createGroupCommit<Arrival>(
    async (arrivals) => {
      await keepArrivals(deps, arrivals);
    },
    { gatherMs: GATHER_MS, atMost: AT_MOST },
  );
  let cameAtMs = Number.NEGATIVE_INFINITY;
  const refuse = (refused: Refused): Refused => {
    counted.refused(refused.refused);
    return refused;
  };
  const tooMany = (waitMs: number) =>
    refuse({ refused: 'too-many', retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) });

  return {
    async admit(path, authorization) {
      if (commit.waiting >= WAITING_AT_MOST) return tooMany(1000);
      const waitMs = all.take('');
      if (waitMs > 0) return tooMany(waitMs);
      let door = await hooks.at(path);
      if (door !== null && !deps.notices.carriesSecret(authorization, door.secrets)) {
        // A new secret may have been stored a moment ago, but strangers must not cause unlimited lookups.
        const wrongMs = wrong.take(path);
        if (wrongMs > 0) return tooMany(wrongMs);
        door = await hooks.look(path);
        if (door !== null && !deps.notices.carriesSecret(authorization, door.secrets)) {
          refusals.want(door.uId);
          return refuse({ refused: 'wrong-secret' });
        }
      }
      if (door === null) {
        const unknownMs = unknown.take('');
        return unknownMs > 0 ? tooMany(unknownMs) : refuse({ refused: 'unknown' });
      }
      const eachMs = each.take(door.uId);
      return eachMs > 0 ? tooMany(eachMs) : { uId: door.uId };
    },
    async keep(uId, body) {
      cameAtMs = nowMs();
      await commit.add(arrivalOf(deps, uId, body));
      counted.received();
      announce.want(uId);
    },
    async whenIdle() {
      const untilMs = nowMs() + NOT_LONGER_THAN_MS;
      while (nowMs() < untilMs && (commit.waiting > 0 || nowMs() - cameAtMs < MOMENT_MS))
        await new Promise((resolve) => setTimeout(resolve, MOMENT_MS));
    },
    async stop() {
      await announce.stop();
      await refusals.stop();
    },
  };
}
