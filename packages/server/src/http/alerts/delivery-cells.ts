import type { Delivery } from '@winesap/api';

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
