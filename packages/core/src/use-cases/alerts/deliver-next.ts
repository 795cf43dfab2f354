import { GIVE_UP_AFTER_MS, retryAfterMs } from '../../domain/alerts/delivery.ts';
import { later } from '../../domain/instant.ts';
import { channelPlace } from '../../domain/seal-place.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Delivery, Notify, SendOutcome } from '../../ports/alerts.ts';
import type { Deps } from '../../ports/deps.ts';
import { channelEvent } from './alerting-events.ts';

type DeliverDeps = Pick<Deps, 'store' | 'now' | 'seal'> & { notify: Notify };

/**
 * Sends the next due delivery of any channel: takes it in one transaction, sends it, and records the outcome in
 * another. After a crash in between, it is sent again with the same ID. `busy` contains the channels that this process
 * sends through now. Returns false if nothing is due.
 */
export async function deliverNext(deps: DeliverDeps, busy: Set<string>, signal?: Abort): Promise<boolean> {
  const delivery = await deps.store.write((tx) => tx.deliveries.takeNext(deps.now(), [...busy]));
  if (delivery === null) return false;
  busy.add(delivery.channel.id);
  try {
    await record(deps, delivery, await sendThrough(deps, delivery, signal));
  } finally {
    busy.delete(delivery.channel.id);
  }
  return true;
}

/** A test is tried once: the person who started it is waiting for the answer. */
async function record(deps: DeliverDeps, delivery: Delivery, outcome: SendOutcome): Promise<void> {
  const now = deps.now();
  const { id, channel, attempt, message } = delivery;
  const isTest = message.kind === 'test';
  const tooOld = now.getTime() - delivery.createdAt.getTime() >= GIVE_UP_AFTER_MS;
  const givenUp = outcome.kind === 'failed' && (isTest || tooOld);
  const state = outcome.kind === 'sent' ? 'sent' : outcome.kind === 'gone' || givenUp ? 'failed' : null;
  const askedMs = outcome.kind === 'failed' ? outcome.retryAfterMs : undefined;
  const nextAt = later(now, retryAfterMs(attempt, askedMs));
  await deps.store.write(async (tx) => {
    await tx.deliveries.settle({ id, channelId: channel.id, attempt }, { state, note: outcome.note, nextAt }, now);
    if (outcome.kind === 'gone' && !(await tx.channels.byId(channel.id))?.disabled) {
      await tx.channels.disable(channel.id, outcome.note, now);
      await tx.events.append(
        channelEvent(channel, 'error', 'channel.disabled', `is disabled: ${outcome.note}`, null),
        now,
      );
    }
    if (givenUp && !isTest)
      await tx.events.append(
        channelEvent(channel, 'error', 'delivery.given-up', `did not take a message: ${outcome.note}`, null),
        now,
      );
  });
}

async function sendThrough(deps: DeliverDeps, { channel, message }: Delivery, signal?: Abort): Promise<SendOutcome> {
  let settings: string;
  try {
    settings = await deps.seal.open(channel.sealed, channelPlace(channel.id));
  } catch {
    return { kind: 'failed', note: 'The settings of the channel cannot be opened with the present key.' };
  }
  return deps.notify.send(channel.kind, settings, message, signal);
}
