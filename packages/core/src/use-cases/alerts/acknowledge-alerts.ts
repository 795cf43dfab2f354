import type { Actor, EventDraft } from '../../domain/event.ts';
import { count } from '../../domain/quote.ts';
import { AppError } from '../../errors.ts';
import type { AlertFilter } from '../../ports/alerts.ts';
import type { Deps } from '../../ports/deps.ts';

type AckDeps = Pick<Deps, 'store' | 'now'>;

/** Records that someone is on it. The first acknowledgement stays. */
export async function acknowledgeAlert(deps: AckDeps, id: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const alert = await tx.alerts.acknowledge(id, actor.name, deps.now());
    if (alert === null) throw new AppError('alert.not-found', {});
    if (!alert.changed) return;
    await tx.events.append(acknowledged(`Acknowledged: ${alert.title}`, alert, actor, { alertId: id }), deps.now());
  });
}

/** Opens an acknowledged alert again. Does nothing where it is resolved, or wasn't acknowledged. Errors: `alert.not-found`. */
export async function unacknowledgeAlert(deps: AckDeps, id: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const alert = await tx.alerts.unacknowledge(id);
    if (alert === null) throw new AppError('alert.not-found', {});
    if (!alert.changed) return;
    const text = `No longer acknowledged: ${alert.title}`;
    await tx.events.append(acknowledged(text, alert, actor, { alertId: id, undone: true }), deps.now());
  });
}

/** Does the same for every open alert that matches a filter. Returns their number. */
export async function acknowledgeAlerts(deps: AckDeps, filter: AlertFilter, actor: Actor): Promise<number> {
  return deps.store.write(async (tx) => {
    const number = await tx.alerts.acknowledgeAll(filter, actor.name, deps.now());
    if (number > 0)
      await tx.events.append(
        acknowledged(`Acknowledged: ${count(number, 'alert')} at once.`, filter, actor, { ...filter, number }),
        deps.now(),
      );
    return number;
  });
}

function acknowledged(text: string, about: AlertFilter, actor: Actor, data: Record<string, unknown>): EventDraft {
  return {
    level: 'info',
    receiverType: 'system',
    receiverName: 'Alerts',
    code: 'alert.acknowledged',
    text,
    failure: null,
    organizationId: about.organizationId ?? null,
    policyId: null,
    tokenId: about.tokenId ?? null,
    actor,
    data,
  };
}
