import type { QueryClient } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { invalidate, readsOf, readsOfLocation } from '../../data/reads.ts';

/** Nothing in the stream tells of a notification as such; while somebody looks, the inbox is looked at now and then. */
export const LOOK_MS = 15_000;

/** Reads again what a replay or a new secret changes: the notifications of a token, and its location. */
export function readNotificationsAgain(client: QueryClient, tokenId: string, uId: string): Promise<void> {
  const params = { tokenId };
  return invalidate(
    client,
    readsOf(routes.getNotificationHealth, { params }),
    readsOf(routes.listNotifications, { params }),
    readsOfLocation(uId),
  );
}
