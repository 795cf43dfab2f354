import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Id, PageQuery } from '../schemas/common.ts';
import { Notification, NotificationFilter, NotificationHealth } from '../schemas/notification.ts';

const tag = 'Apple’s notifications';
const TokenParams = z.strictObject({ tokenId: Id });
const InboxId = z.string().regex(/^\d{1,15}$/);

export const notifications = {
  getNotificationHealth: defineRoute('GET', '/api/tokens/{tokenId}/notification-health', {
    access: 'viewer',
    tag,
    summary: 'Whether Apple notifies Winesap of changes at the location, and what came',
    params: TokenParams,
    response: NotificationHealth,
    refusals: ['token.not-found'],
  }),
  listNotifications: defineRoute('GET', '/api/tokens/{tokenId}/notifications', {
    access: 'viewer',
    tag,
    summary: 'The inbox of a location, newest first',
    params: TokenParams,
    query: NotificationFilter.extend(PageQuery.shape),
    response: z.object({ notifications: z.array(Notification), nextCursor: z.string().nullable() }),
    refusals: ['token.not-found', 'cursor.invalid'],
  }),
  exportNotifications: defineRoute('GET', '/api/tokens/{tokenId}/notifications.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed; without the bodies, which may name people',
    params: TokenParams,
    query: NotificationFilter,
    answers: 'csv',
    refusals: ['token.not-found'],
  }),
  getNotification: defineRoute('GET', '/api/tokens/{tokenId}/notifications/{notificationId}', {
    access: 'admin',
    tag,
    summary: 'A notification with its body as it came; may name people',
    params: TokenParams.extend({ notificationId: InboxId }),
    response: Notification.extend({ body: z.string() }),
    refusals: ['token.not-found', 'notification.not-found'],
  }),
  replayNotifications: defineRoute('POST', '/api/tokens/{tokenId}/notifications/replay', {
    access: 'admin',
    tag,
    summary: 'Work on failed notifications again; on one that is done, ask Apple how it stands',
    description:
      'Without notificationId all failed ones of the location. One that was processed is not applied a second time: the location is read instead.',
    status: 202,
    params: TokenParams,
    body: z.strictObject({ notificationId: InboxId.optional() }),
    response: z.object({
      replayed: z.number().int().describe('How many are worked on again.'),
      scanId: Id.nullable().describe('The scan that looks, for one that was processed before.'),
    }),
    refusals: ['token.not-found', 'notification.not-found', 'scan.token-dead'],
  }),
  rotateNotificationSecret: defineRoute('POST', '/api/tokens/{tokenId}/notification-secret', {
    access: 'admin',
    tag,
    summary: 'Change the secret Apple sends along; until Apple has the new one, both are good',
    status: 202,
    params: TokenParams,
    response: NotificationHealth,
    refusals: ['token.not-found', 'notifications.not-set'],
  }),
};
