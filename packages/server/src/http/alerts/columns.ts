import type { Alert, Delivery } from '@winesap/api';
import { columns, ID } from '../edge/columns.ts';

export const ALERT_COLUMNS = columns<Alert>()(
  [
    ['openedAt', (one) => one.openedAt],
    ['state', (one) => (one.resolvedAt !== null ? 'resolved' : one.acknowledgedAt !== null ? 'acknowledged' : 'open')],
    ['title', (one) => one.title],
    ['text', (one) => one.text],
    ['kind', (one) => one.kind],
    ['rule', (one) => one.ruleName],
    ['organization', (one) => one.organizationName],
    ['location', (one) => one.locationName],
    ['timesNotified', (one) => one.timesNotified],
    ['notifiedAt', (one) => one.notifiedAt],
    ['escalatedAt', (one) => one.escalatedAt],
    ['acknowledgedAt', (one) => one.acknowledgedAt],
    ['acknowledgedBy', (one) => one.acknowledgedBy],
    ['resolvedAt', (one) => one.resolvedAt],
  ],
  {
    id: ID,
    ruleId: ID,
    ruleName: 'rule',
    tokenId: ID,
    organizationId: ID,
    organizationName: 'organization',
    locationName: 'location',
  },
);

/** One line each, with the latest attempt, because people look for the receiver's last response. */
export const DELIVERY_COLUMNS = columns<Delivery>()(
  [
    ['createdAt', (one) => one.createdAt],
    ['state', (one) => one.state],
    ['kind', (one) => one.kind],
    ['title', (one) => one.title],
    ['alerts', (one) => one.alerts],
    ['attempts', (one) => one.attempts.length],
    ['lastAt', (one) => one.attempts.at(-1)?.at],
    ['lastNote', (one) => one.attempts.at(-1)?.note],
  ],
  { id: ID, nextAt: 'not: changes within minutes' },
);
