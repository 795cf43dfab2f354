import type { Notification, NotificationHealth } from '@winesap/api';
import { agoShort } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { tableLines } from '../terminal/table.ts';
import { factLines } from './facts.ts';

interface View {
  terminal: { style: Style };
  now: Date;
}

/** Shows the state of a location's notifications: the summary first, then the details. */
export function healthLines(health: NotificationHealth, { terminal: { style }, now }: View): string[] {
  const paint =
    health.state === 'set'
      ? style.green
      : health.state === 'off' || health.state === 'not-managed'
        ? style.grey
        : style.amber;
  return [
    paint(health.title),
    ...(health.nextStep === null ? [] : [`Next: ${health.nextStep}`]),
    '',
    ...factLines([
      ['Our address', health.url],
      ['At Apple', health.shown === 'ours' ? null : health.shownUrl],
      ['Kinds', health.types.join(', ')],
      ['Left out', health.missingTypes.join(', ')],
      ['Last received', health.lastReceivedAt === null ? 'never' : agoShort(health.lastReceivedAt, now)],
      ['Last worked on', health.lastProcessedAt === null ? null : agoShort(health.lastProcessedAt, now)],
      ['Waiting', waiting(health)],
      ['Failed', health.failed === 0 ? null : `${health.failed} (winesap notifications replay)`],
      ['Refused', health.refused === 0 ? null : `${health.refused}, last ${agoShort(health.refusedAt, now)}`],
      ['Secret', secret(health, now)],
      ['Apple said', health.apple?.line ?? null],
      ['Next try', health.nextTryAt === null ? null : health.nextTryAt.slice(0, 16).replace('T', ' ')],
    ]),
  ];
}

function waiting({ waiting: count, lagSeconds }: NotificationHealth): string {
  return lagSeconds === null ? String(count) : `${count}, the oldest for ${lagSeconds} s`;
}

function secret({ secretAt, secretChanging }: NotificationHealth, now: Date): string | null {
  if (secretAt === null) return null;
  return `since ${agoShort(secretAt, now)}${secretChanging ? '; a new one is on its way to Apple' : ''}`;
}

// IDs are meant to be copied, so this table is never cut.
export function notificationLines(list: readonly Notification[], { terminal: { style }, now }: View): string[] {
  if (list.length === 0) return ['No notifications.'];
  const columns = ['Id', 'Received', 'Kind', 'State', 'What came of it'].map((title) => ({ title }));
  const rows = list.map((one) => [
    { text: one.id },
    { text: agoShort(one.receivedAt, now) },
    { text: one.type ?? 'unreadable' },
    { text: one.state, ...(one.state === 'failed' ? { paint: style.red } : {}) },
    { text: one.failure ?? one.text },
  ]);
  return tableLines(columns, rows, Infinity, style.bold) ?? [];
}
