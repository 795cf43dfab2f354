import { DAY_MS, HOUR_MS, MINUTE_MS } from '../instant.ts';

/** What leaves through a channel: one alert, or several that came at once. */
export interface Message {
  /** The same however often it is sent: receivers drop repeats by it. */
  id: string;
  title: string;
  text: string;
  createdAt: string;
  alerts: readonly { id: string; title: string; text: string; tokenId: string; organizationId: string }[];
}

/** More than so many at once for one channel are told in one message. */
const COMBINE_ABOVE = 5;
/** After this long without success a delivery is given up. */
export const GIVE_UP_AFTER_MS = 3 * DAY_MS;

const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS] as const;

/** How long to wait after so many failed attempts. */
export function retryAfterMs(attempts: number): number {
  return WAITS_MS[attempts - 1] ?? HOUR_MS;
}

type Told = Omit<Message, 'id' | 'createdAt'>;

/** The messages for one channel: one per alert, or a single one when they are many. */
export function messagesFor(alerts: Message['alerts']): Told[] {
  if (alerts.length <= COMBINE_ABOVE) return alerts.map((one) => ({ title: one.title, text: one.text, alerts: [one] }));
  const text = alerts.map(({ title }) => `• ${title}`).join('\n');
  return [{ title: `${alerts.length} alerts from Winesap`, text, alerts }];
}
