import { type Delivery, routes } from '@winesap/api';
import { pauseFor } from '../pause.ts';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';

const LOOK_EVERY_MS = 500;
/** Longer than one attempt can take, because the server may be busy. */
const AT_MOST_MS = 60_000;

/** Waits until a delivery has been attempted. Errors: delivery.waiting, after a minute without news. */
export async function followDelivery(session: Session, channelId: string, deliveryId: string): Promise<Delivery> {
  const { signal, now } = session.context;
  const until = now().getTime() + AT_MOST_MS;
  for (;;) {
    const { deliveries } = await session.call(routes.listDeliveries, { params: { channelId }, query: { limit: 50 } });
    const delivery = deliveries.find(({ id }) => id === deliveryId);
    if (delivery !== undefined && delivery.attempts.length > 0) return delivery;
    if (now().getTime() > until)
      throw refusal(
        'delivery.waiting',
        'The test message has not left within a minute.',
        'It still waits: winesap channels log shows what becomes of it.',
      );
    await pauseFor(LOOK_EVERY_MS, signal);
  }
}
