import { later, MINUTE_MS } from '../../domain/instant.ts';
import type { Notice } from '../../domain/notifications/notice.ts';
import { type Effect, effect, isWorthLogging } from '../../domain/notifications/notice-effect.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StoredNotification } from '../../ports/notifications.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { type Applied, applyNotices } from './apply-notice.ts';
import { settleReleases } from './settle-releases.ts';

/** The amount of work per transaction, short enough for everyone who waits for the database. */
const BATCH = 400;
const BATCH_ROWS = 2000;
/** Changes within a few seconds are logged in one line, at most one line per minute. */
const LOG_AFTER_MS = 3000;
const LOG_EVERY_MS = MINUTE_MS;
/** Notifications on their way may explain the mismatch. */
const ASK_AFTER_MS = 5000;

/**
 * Processes what waits at a location, oldest first, and marks it as processed in the same transaction as its effect.
 * Returns false if nothing waits. What can't be processed is set aside for a person; the others go on.
 */
export async function processNotifications(deps: Deps, uId: string): Promise<boolean> {
  try {
    return await workOn(deps, uId, BATCH);
  } catch (error) {
    if (!isOurs(error)) throw error;
    // One of them breaks the batch: process them one by one, so that only that one is set aside.
    return workOn(deps, uId, 1);
  }
}

async function workOn(deps: Deps, uId: string, limit: number): Promise<boolean> {
  let first: StoredNotification | undefined;
  try {
    return await deps.store.write(async (tx) => {
      // Lock the token first, in the same order as everywhere else; this also keeps two runs apart.
      const token = await tx.tokens.byLocation(uId);
      const waiting = await tx.notifications.waiting(uId, limit);
      first = waiting[0];
      if (waiting.length === 0) return false;
      const read = readUpTo(BATCH_ROWS, deps, token, waiting);
      const applied = read.flatMap(({ one, came, notice }): Applied[] =>
        notice === null ? [] : [{ notice, receivedAt: one.receivedAt, effect: came }],
      );
      await applyNotices(tx, uId, applied, deps.now());
      await settleReleases(
        tx,
        uId,
        applied.map(({ notice }) => notice),
        deps.now(),
      );
      const results = read.map(({ one, came }) => ({ id: one.id, effect: came, logged: !isWorthLogging(came) }));
      await tx.notifications.settle(results, deps.now());
      await wantFollowUps(deps, tx, uId, results);
      return true;
    });
  } catch (error) {
    if (limit > 1 || first === undefined || !isOurs(error)) throw error;
    const { id } = first;
    await deps.store.write((tx) => tx.notifications.fail(id, error instanceof Error ? error.message : 'unknown'));
    return true;
  }
}

/** Returns the first notifications that together name up to that many licenses or users, at least one. */
function readUpTo(rows: number, deps: Deps, token: TokenRecord | null, waiting: readonly StoredNotification[]) {
  const read: { one: StoredNotification; notice: Notice | null; came: Effect }[] = [];
  let named = 0;
  for (const one of waiting) {
    const notice = deps.notices.read(one.body);
    const refused = refusedAs(notice, token, one);
    read.push({ one, notice: refused === null ? notice : null, came: effect(refused ?? notice?.kind ?? 'unreadable') });
    named += rowsOf(notice);
    if (named >= rows) break;
  }
  return read;
}

function rowsOf(notice: Notice | null): number {
  if (notice?.kind === 'assignments') return notice.assignments.length;
  return notice?.kind === 'users' ? notice.users.length : 0;
}

function refusedAs(notice: Notice | null, token: TokenRecord | null, one: StoredNotification): Effect['kind'] | null {
  if (notice === null) return 'unreadable';
  if (token === null) return 'no-token';
  return notice.uId !== null && notice.uId !== one.uId ? 'other-location' : null;
}

async function wantFollowUps(
  deps: Deps,
  tx: Tx,
  uId: string,
  results: readonly { effect: Effect; logged: boolean }[],
): Promise<void> {
  if (results.some(({ effect: { asked, scan } }) => asked.length > 0 || scan !== null))
    await tx.jobs.recheckAssets(uId, ASK_AFTER_MS);
  if (results.every(({ logged }) => logged)) return;
  const loggedAt = await tx.hooks.loggedAt(uId);
  const quietMs = loggedAt === null ? 0 : later(loggedAt, LOG_EVERY_MS).getTime() - deps.now().getTime();
  await tx.jobs.logNotifications(uId, Math.max(LOG_AFTER_MS, quietMs));
}

/** Errors of the database itself are temporary; the job then runs again. */
function isOurs(error: unknown): boolean {
  return !(error instanceof AppError);
}
