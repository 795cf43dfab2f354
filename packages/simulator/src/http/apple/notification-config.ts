import { notificationTypes } from '@winesap/contract';
import type { Location, NotificationConfig } from '../../world/location.ts';
import type { PlainHttpReceivers, Settings } from '../../world/settings.ts';
import { Refusal } from '../refusal.ts';

interface WantedNotifications {
  /** undefined leaves, the empty text clears. */
  readonly url: string | undefined;
  readonly authToken: string | undefined;
  readonly types: readonly string[] | undefined;
}

export function readNotifications(body: Readonly<Record<string, unknown>>, settings: Settings): WantedNotifications {
  const { limits, plainHttpReceivers } = settings;
  const max = limits.maxNotificationLength ?? 512;
  const url = optionalText(body.notificationUrl);
  const authToken = optionalText(body.notificationAuthToken);
  if ((url ?? '') === '' ? (authToken ?? '') !== '' : (authToken ?? '') === '') throw new Refusal(9710);
  if ((url?.length ?? 0) > max || (authToken?.length ?? 0) > max) throw new Refusal(9711);
  if (url !== undefined && url !== '' && !isReceiver(url, plainHttpReceivers)) throw new Refusal(9712);
  const types = body.notificationTypes;
  if (types === undefined || types === null) return { url, authToken, types: undefined };
  const known = (type: unknown) => typeof type === 'string' && Object.hasOwn(notificationTypes, type);
  if (!Array.isArray(types) || !types.every(known)) {
    throw new Refusal(9602, { detail: 'Invalid argument: notificationTypes.' });
  }
  return { url, authToken, types: [...new Set(types as string[])] };
}

export function nextNotifications(
  location: Location,
  { url, authToken, types }: WantedNotifications,
  clearOmitted: boolean,
): NotificationConfig {
  const before = clearOmitted ? { url: undefined, authToken: undefined, types: [] } : location.notifications;
  return {
    url: url === undefined ? before.url : url === '' ? undefined : url,
    authToken: authToken === undefined ? before.authToken : authToken === '' ? undefined : authToken,
    types: (types ?? before.types).filter((type) => type !== 'TEST_NOTIFICATION'),
  };
}

function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Refusal(9602);
  return value;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** https, host and path only. Plain http is let through where the setting says so, for tests. */
function isReceiver(text: string, plainHttp: PlainHttpReceivers): boolean {
  const url = URL.parse(text);
  if (url === null || /[?#]/.test(text) || url.username !== '') return false;
  if (url.protocol !== 'http:') return url.protocol === 'https:';
  return plainHttp === 'anywhere' || (plainHttp === 'loopback' && LOOPBACK.has(url.hostname));
}
