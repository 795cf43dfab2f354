import type { AppleNotification, EventNotification } from './notification.ts';

/** Where the receiver hands notifications to the code that follows an event. It is in memory only and may forget. */
export interface Inbox {
  /** Stores a notification. Returns false if its ID is already known: ignore the notification then. */
  deliver(notification: AppleNotification): boolean;
  /**
   * Calls the listener for every notification about an event, including earlier ones. Call the returned function to
   * stop.
   */
  listen(eventId: string, tell: (notification: EventNotification) => void): () => void;
}

export interface InboxOptions {
  /** How many IDs are remembered to recognize repeats. Default 10,000. */
  readonly rememberedIds?: number;
  /** How many events' notifications are kept for later followers. Default 1,000. */
  readonly rememberedEvents?: number;
}

/**
 * A notification can arrive before the answer to the request that caused it, and it can arrive twice. The inbox handles
 * both.
 */
export function createInbox({ rememberedIds = 10_000, rememberedEvents = 1_000 }: InboxOptions = {}): Inbox {
  const seen = new Set<string>();
  const byEvent = new Map<string, EventNotification[]>();
  const listeners = new Map<string, Set<(notification: EventNotification) => void>>();

  return {
    deliver(notification) {
      const { notificationId } = notification;
      if (notificationId !== null) {
        if (seen.has(notificationId)) return false;
        seen.add(notificationId);
        dropOldest(seen, rememberedIds);
      }
      if (!('eventId' in notification)) return true;
      const kept = byEvent.get(notification.eventId) ?? [];
      kept.push(notification);
      byEvent.set(notification.eventId, kept);
      dropOldest(byEvent, rememberedEvents);
      for (const tell of listeners.get(notification.eventId) ?? []) tell(notification);
      return true;
    },
    listen(eventId, tell) {
      const tellers = listeners.get(eventId) ?? new Set();
      tellers.add(tell);
      listeners.set(eventId, tellers);
      for (const notification of byEvent.get(eventId) ?? []) tell(notification);
      return () => {
        tellers.delete(tell);
        if (tellers.size === 0) listeners.delete(eventId);
      };
    },
  };
}

/** Sets and maps keep insertion order, so the first key is the oldest. */
function dropOldest(kept: Set<string> | Map<string, unknown>, limit: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(key);
  }
}
