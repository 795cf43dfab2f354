import { later, MINUTE_MS } from '../../domain/instant.ts';
import { count } from '../../domain/quote.ts';
import type { Deps } from '../../ports/deps.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';

/** The log mentions it at most once in this time. */
const LOG_EVERY_MS = 60 * MINUTE_MS;

/** Counts requests to a location's address without its secret, and logs them once an hour. */
export async function refuseNotifications(deps: Deps, uId: string, times: number): Promise<void> {
  await deps.store.write(async (tx) => {
    const token = await tx.tokens.byLocation(uId);
    const now = deps.now();
    const isNews = await tx.hooks.refused(uId, times, later(now, -LOG_EVERY_MS), now);
    if (!isNews || token === null) return;
    const event = {
      level: 'warning',
      code: 'notifications.wrong-secret',
      text: `${count(times, 'request')} to the address of Apple’s notifications of ${nameOf(token)} did not carry the right secret and ${times === 1 ? 'was' : 'were'} refused. If it was Apple, the next check sets the secret again; if it was someone else, nothing happened. More of them within the hour are only counted.`,
      data: { times },
    } as const;
    await tx.events.append(tokenEvent(token, event, null), now);
  });
}
