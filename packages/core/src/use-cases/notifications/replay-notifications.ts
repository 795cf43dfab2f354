import type { Actor } from '../../domain/event.ts';
import { count } from '../../domain/quote.ts';
import { DEAD } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { tokenEvent } from '../locations/token-event.ts';
import { refusalOfDead } from '../scans/request-scan.ts';

/**
 * Processes failed notifications again: one, or all of the location. A processed one is not applied twice, because what
 * happened after it is unknown: the location is scanned instead.
 */
export async function replayNotifications(
  deps: Deps,
  input: { tokenId: string; notificationId: number | null },
  actor: Actor,
): Promise<{ replayed: number; scanId: string | null }> {
  return deps.store.write(async (tx) => {
    const token = await tx.tokens.byId(input.tokenId);
    if (token === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
    const { uId } = token.identity;
    if (input.notificationId === null) return putBack(deps, tx, token, 'failed', actor);
    const one = await tx.notifications.byId(uId, input.notificationId);
    if (one === null) throw new AppError('notification.not-found', { notificationId: input.notificationId });
    if (one.state !== 'done') return putBack(deps, tx, token, [one.id], actor);
    if (DEAD.has(token.state)) throw refusalOfDead(token);
    const scan = await tx.scans.insertUnlessUnderWay(token, 'notification', deps.now());
    if (scan.fresh) await tx.jobs.scan(scan.id);
    return { replayed: 0, scanId: scan.id };
  });
}

async function putBack(deps: Deps, tx: Tx, token: TokenRecord, which: readonly number[] | 'failed', actor: Actor) {
  const { uId } = token.identity;
  const replayed = await tx.notifications.putBack(uId, which);
  await tx.jobs.processNotifications(uId);
  if (replayed > 0) {
    const text = `${count(replayed, 'notification')} of Apple ${replayed === 1 ? 'is' : 'are'} worked on again.`;
    const event = { level: 'info', code: 'notifications.replayed', text, data: { replayed } } as const;
    await tx.events.append(tokenEvent(token, event, actor), deps.now());
  }
  return { replayed, scanId: null };
}
