import { later, MINUTE_MS } from '../domain/instant.ts';
import { type Effect, effect, isWorthTelling } from '../domain/notice-effect.ts';
import { AppError } from '../errors.ts';
import type { Deps } from '../ports/deps.ts';
import type { StoredNotification } from '../ports/notifications.ts';
import type { TokenRecord } from '../ports/records.ts';
import type { Tx } from '../ports/store.ts';
import { applyNotice } from './apply-notice.ts';

/** So many are worked on in one transaction: short enough for everybody who waits for the database meanwhile. */
const BATCH = 100;
/** Changes of a few seconds are told in one line, and not more than one line a minute. */
const TELL_AFTER_MS = 3000;
const TELL_EVERY_MS = MINUTE_MS;

/**
 * Works on what waits at a location, oldest first, and marks it processed in the transaction of its effect. Gives false
 * when nothing waits. What cannot be worked on is set aside for a person; the others go on.
 */
export async function processNotifications(deps: Deps, uId: string): Promise<boolean> {
  try {
    return await workOn(deps, uId, BATCH);
  } catch (error) {
    if (!isOurs(error)) throw error;
    // One of them breaks the batch: one by one, so that only that one is set aside.
    return workOn(deps, uId, 1);
  }
}

async function workOn(deps: Deps, uId: string, limit: number): Promise<boolean> {
  let first: StoredNotification | undefined;
  try {
    return await deps.store.write(async (tx) => {
      // The token before everything else, in the order of everybody else; it also keeps two of us apart.
      const token = await tx.tokens.byLocation(uId);
      const waiting = await tx.notifications.waiting(uId, limit);
      first = waiting[0];
      if (waiting.length === 0) return false;
      const results: { id: number; effect: Effect; told: boolean }[] = [];
      for (const one of waiting) {
        const came = await effectOf(deps, tx, token, one);
        results.push({ id: one.id, effect: came, told: !isWorthTelling(came) });
      }
      await tx.notifications.settle(results, deps.now());
      if (results.some(({ told }) => !told)) await tellLater(deps, tx, uId);
      return true;
    });
  } catch (error) {
    if (limit > 1 || first === undefined || !isOurs(error)) throw error;
    const { id } = first;
    await deps.store.write((tx) => tx.notifications.fail(id, error instanceof Error ? error.message : 'unknown'));
    return true;
  }
}

async function effectOf(deps: Deps, tx: Tx, token: TokenRecord | null, one: StoredNotification): Promise<Effect> {
  const notice = deps.notices.read(one.body);
  if (notice === null) return effect('unreadable');
  if (token === null) return effect('no-token');
  if (notice.uId !== null && notice.uId !== one.uId) return effect('other-location');
  return applyNotice(tx, token, notice);
}

async function tellLater(deps: Deps, tx: Tx, uId: string): Promise<void> {
  const toldAt = await tx.hooks.toldAt(uId);
  const now = deps.now();
  const quietMs = toldAt === null ? 0 : later(toldAt, TELL_EVERY_MS).getTime() - now.getTime();
  await tx.jobs.tellNotifications(uId, Math.max(TELL_AFTER_MS, quietMs));
}

/** What the database itself has to say passes; then the job is run again. */
function isOurs(error: unknown): boolean {
  return !(error instanceof AppError);
}
