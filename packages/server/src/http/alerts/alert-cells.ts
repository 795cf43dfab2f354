import type { Alert } from '@winesap/api';

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
