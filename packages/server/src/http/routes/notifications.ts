import type { NotificationHealth } from '@winesap/api';
import { AppError, replayNotifications, rotateSecret } from '@winesap/core';
import {
  readAllNotifications,
  readNotification,
  readNotificationHealth,
  readNotificationPage,
} from '../../store/reads/notifications.ts';
import { cells } from '../cells.ts';
import { sendCsv } from '../csv.ts';
import type { Handlers } from '../handler.ts';
import { NOTIFICATION_COLUMNS, notificationCells } from '../views/notification-cells.ts';
import type { Context } from './context.ts';
import { tokenOrRefuse } from './token-or-refuse.ts';

type Ids =
  | 'getNotificationHealth'
  | 'listNotifications'
  | 'exportNotifications'
  | 'getNotification'
  | 'replayNotifications'
  | 'rotateNotificationSecret';

export function notificationHandlers(context: Context): Pick<Handlers, Ids> {
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
      return sendCsv(reply, 'notifications', NOTIFICATION_COLUMNS, cells(inbox, notificationCells));
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
