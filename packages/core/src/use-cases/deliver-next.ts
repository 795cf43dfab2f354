import { GIVE_UP_AFTER_MS, retryAfterMs } from '../domain/alerts/delivery.ts';
import type { EventDraft } from '../domain/event.ts';
import { later, MINUTE_MS } from '../domain/instant.ts';
import type { Abort } from '../ports/abort.ts';
import type { Channel, Delivery, Notify, SendOutcome } from '../ports/alerts.ts';
import type { Deps } from '../ports/deps.ts';

/** Longer than any one sending takes; whoever died while sending is followed by another after it. */
const TAKEN_FOR_MS = 2 * MINUTE_MS;

type DeliverDeps = Pick<Deps, 'store' | 'now' | 'seal'> & { notify: Notify };

/**
 * Sends the oldest delivery that is due of some channel: taken in one transaction, sent, its outcome recorded in another.
 * What died in between is sent again under the same id. False when nothing is due.
 */
export async function deliverNext(deps: DeliverDeps, signal?: Abort): Promise<boolean> {
  const taken = deps.now();
  const delivery = await deps.store.write((tx) => tx.deliveries.takeNext(taken, later(taken, TAKEN_FOR_MS)));
  if (delivery === null) return false;
  const outcome = await sendThrough(deps, delivery, signal);
  const now = deps.now();
  await deps.store.write(async (tx) => {
    const { id, channel, attempt } = delivery;
    const givenUp = outcome.kind === 'failed' && now.getTime() - delivery.createdAt.getTime() >= GIVE_UP_AFTER_MS;
    const state = outcome.kind === 'sent' ? 'sent' : outcome.kind === 'gone' || givenUp ? 'failed' : null;
    const nextAt = later(now, retryAfterMs(attempt));
    await tx.deliveries.settle({ id, channelId: channel.id, attempt }, { state, note: outcome.note, nextAt }, now);
    if (outcome.kind === 'gone') {
      await tx.channels.disable(channel.id, outcome.note, now);
      await tx.events.append(channelEvent(channel, 'channel.disabled', `is disabled: ${outcome.note}`), now);
    }
    if (givenUp)
      await tx.events.append(
        channelEvent(channel, 'delivery.given-up', `did not take a message: ${outcome.note}`),
        now,
      );
  });
  return true;
}

async function sendThrough(deps: DeliverDeps, { channel, message }: Delivery, signal?: Abort): Promise<SendOutcome> {
  let settings: string;
  try {
    settings = await deps.seal.open(channel.sealed);
  } catch {
    return { kind: 'failed', note: 'The settings of the channel cannot be opened with the present key.' };
  }
  return deps.notify.send(channel.kind, settings, message, signal);
}

function channelEvent(channel: Channel, code: string, what: string): EventDraft {
  return {
    level: 'error',
    receiverType: 'system',
    receiverName: channel.name,
    code,
    text: `The channel “${channel.name}” ${what}`,
    failure: null,
    organizationId: null,
    policyId: null,
    tokenId: null,
    actor: null,
    data: { channelId: channel.id },
  };
}
