import type { Notification } from '@winesap/api';

export const NOTIFICATION_COLUMNS = ['receivedAt', 'state', 'type', 'text', 'failure', 'processedAt', 'notificationId'];

/** Without the body, which may name people. */
export function notificationCells(one: Notification): unknown[] {
  return [one.receivedAt, one.state, one.type, one.text, one.failure, one.processedAt, one.notificationId];
}
