import type { Notification } from '@winesap/api';
import { columns, ID } from '../edge/columns.ts';

/** Without the body, which may contain personal data. */
export const NOTIFICATION_COLUMNS = columns<Notification>()(
  [
    ['receivedAt', (one) => one.receivedAt],
    ['state', (one) => one.state],
    ['type', (one) => one.type],
    ['text', (one) => one.text],
    ['failure', (one) => one.failure],
    ['processedAt', (one) => one.processedAt],
    ['notificationId', (one) => one.notificationId],
  ],
  { id: ID, effect: 'not: the text says it' },
);
