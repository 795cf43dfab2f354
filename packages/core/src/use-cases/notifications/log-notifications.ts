import { type Effect, totalOf } from '../../domain/notifications/notice-effect.ts';
import { noticeWords } from '../../domain/notifications/notice-words.ts';

import type { Deps } from '../../ports/deps.ts';
import { tokenEvent } from '../locations/token-event.ts';

/** The maximum number that one line in the log summarizes. */
const ROUND = 20_000;

/** Summarizes in one line of the log what notifications changed since the last one. */
export async function logNotifications(deps: Deps, uId: string): Promise<void> {
  await deps.store.write(async (tx) => {
    const token = await tx.tokens.byLocation(uId);
    const effects = (await tx.notifications.takeUnlogged(uId, ROUND)) as Effect[];
    if (token === null || effects.length === 0) return;
    const now = deps.now();
    await tx.hooks.logged(uId, now);
    const total = totalOf(effects);
    const names = await tx.metadata.names(uId, [...new Set(total.changes.map(({ adamId }) => adamId))]);
    const text = noticeWords(total, names);
    if (text === '') return;
    const { level } = total;
    const data = {
      notifications: effects.length,
      changes: total.changes.slice(0, 50),
      failed: total.failed.slice(0, 50),
    };
    await tx.events.append(tokenEvent(token, { level, code: 'notifications.changed', text, data }, null), now);
  });
}
