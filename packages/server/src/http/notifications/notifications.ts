import type { NotificationHealth } from '@winesap/api';
import { AppError, replayNotifications, rotateSecret } from '@winesap/core';
import {
  readAllNotifications,
  readNotification,
  readNotificationHealth,
  readNotificationPage,
} from '../../store/hooks/reads/notifications.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { tokenOrRefuse } from '../tokens/token-or-refuse.ts';
import { NOTIFICATION_COLUMNS } from './columns.ts';

export function notificationHandlers(context: Context): HandlersOf<'notifications'> {
  const { deps, db, hook, now } = context;
  const health = async (tokenId: string): Promise<NotificationHealth> => {
    const found = await readNotificationHealth(db, tokenId, hook, now());
    if (found === null) throw new AppError('token.not-found', { tokenId });
    return found;
  };
  return {
    getNotificationHealth: ({ params }) => health(params.tokenId),
    listNotifications: async ({ params, query }) => {
      await tokenOrRefuse(context, params.tokenId);
      return readNotificationPage(db, params.tokenId, query, query);
    },
    exportNotifications: async ({ params, query, reply }) => {
      await tokenOrRefuse(context, params.tokenId);
      const inbox = readAllNotifications(db, params.tokenId, query);
      return sendCsv(reply, 'notifications', NOTIFICATION_COLUMNS, inbox);
    },
    getNotification: async ({ params }) => {
      await tokenOrRefuse(context, params.tokenId);
      const found = await readNotification(db, params.tokenId, Number(params.notificationId));
      if (found === null) throw new AppError('notification.not-found', {});
      return found;
    },
    replayNotifications: ({ params, body, actor }) => {
      const notificationId = body.notificationId === undefined ? null : Number(body.notificationId);
      return replayNotifications(deps, { tokenId: params.tokenId, notificationId }, actor);
    },
    rotateNotificationSecret: async ({ params, actor }) => {
      await rotateSecret(deps, params.tokenId, actor);
      return health(params.tokenId);
    },
  };
}
