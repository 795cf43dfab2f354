export { effectWords } from '../domain/notifications/effect-words.ts';
export type { Notice, UserNotice } from '../domain/notifications/notice.ts';
export type { Effect } from '../domain/notifications/notice-effect.ts';
export type { Arrival, Notices, Notifications, StoredNotification } from '../ports/notifications.ts';
export { logNotifications } from '../use-cases/notifications/log-notifications.ts';
export { processNotifications } from '../use-cases/notifications/process-notifications.ts';
export {
  announceArrivals,
  arrivalOf,
  keepArrivals,
  openHook,
} from '../use-cases/notifications/receive-notifications.ts';
export { recheckAssets } from '../use-cases/notifications/recheck-assets.ts';
export { replayNotifications } from '../use-cases/notifications/replay-notifications.ts';
