import type { Alert, Delivery, Notification, Release } from '@winesap/api';

export const NOTIFICATION_COLUMNS = ['receivedAt', 'state', 'type', 'text', 'failure', 'processedAt', 'notificationId'];

/** Without the body, which may name people. */
export function notificationCells(one: Notification): unknown[] {
  return [one.receivedAt, one.state, one.type, one.text, one.failure, one.processedAt, one.notificationId];
}

export const ALERT_COLUMNS = [
  'openedAt',
  'state',
  'title',
  'text',
  'kind',
  'rule',
  'organization',
  'location',
  'toldTimes',
  'toldAt',
  'escalatedAt',
  'acknowledgedAt',
  'acknowledgedBy',
  'resolvedAt',
];

export function alertCells(alert: Alert): unknown[] {
  const { acknowledgedAt, resolvedAt } = alert;
  return [
    alert.openedAt,
    resolvedAt !== null ? 'resolved' : acknowledgedAt !== null ? 'acknowledged' : 'open',
    alert.title,
    alert.text,
    alert.kind,
    alert.ruleName,
    alert.organizationName,
    alert.locationName,
    alert.toldTimes,
    alert.toldAt,
    alert.escalatedAt,
    acknowledgedAt,
    alert.acknowledgedBy,
    resolvedAt,
  ];
}

export const DELIVERY_COLUMNS = ['createdAt', 'state', 'kind', 'title', 'alerts', 'attempts', 'lastAt', 'lastNote'];

/** One line each, with the newest attempt: what a receiver answered last is what is asked for. */
export function deliveryCells(delivery: Delivery): unknown[] {
  const { attempts } = delivery;
  const last = attempts.at(-1);
  return [
    delivery.createdAt,
    delivery.state,
    delivery.kind,
    delivery.title,
    delivery.alerts,
    attempts.length,
    last?.at,
    last?.note,
  ];
}

export const RELEASE_COLUMNS = [
  'requestedAt',
  'requestedBy',
  'adamId',
  'pricingParam',
  'name',
  'kind',
  'holder',
  'state',
  'text',
  'appleSaid',
  'finishedAt',
];

export function releaseCells(release: Release): unknown[] {
  return [
    release.requestedAt,
    release.requestedBy,
    release.adamId,
    release.pricingParam,
    release.assetName,
    release.kind,
    release.holder,
    release.state,
    release.text,
    release.failure?.apple?.line,
    release.finishedAt,
  ];
}
