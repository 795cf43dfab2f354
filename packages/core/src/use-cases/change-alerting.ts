import type { RuleDraft } from '../domain/alerts/rule.ts';
import type { Actor } from '../domain/event.ts';
import { AppError } from '../errors.ts';
import type { ChannelKind } from '../ports/alerts.ts';
import type { Deps } from '../ports/deps.ts';
import type { Tx } from '../ports/store.ts';

type AlertDeps = Pick<Deps, 'store' | 'now' | 'seal'>;

/** Adds a channel. `settings` is sealed and never shown again; `target` is what people know the channel by. */
export async function addChannel(
  deps: AlertDeps,
  input: { kind: ChannelKind; name: string; target: string; settings: object },
): Promise<string> {
  const { settings, ...channel } = input;
  const sealed = await deps.seal.seal(JSON.stringify(settings));
  return deps.store.write((tx) => tx.channels.insert({ ...channel, sealed }, deps.now()));
}

export async function deleteChannel(deps: AlertDeps, id: string): Promise<void> {
  if (!(await deps.store.write((tx) => tx.channels.delete(id)))) throw new AppError('channel.not-found', {});
}

/** Puts a test message into the outbox, behind whatever waits there. Gives the id of the delivery. */
export async function sendTest(deps: AlertDeps, channelId: string): Promise<string> {
  return deps.store.write(async (tx) => {
    const channel = await tx.channels.byId(channelId);
    if (channel === null) throw new AppError('channel.not-found', {});
    const message = {
      title: 'Winesap: test message',
      text: `The channel “${channel.name}” works. Nothing is wrong and nothing is to be done.`,
      alerts: [],
    };
    const id = await tx.deliveries.insert(channel.id, message, deps.now());
    await tx.jobs.deliver();
    return id;
  });
}

export async function addRule(deps: AlertDeps, rule: RuleDraft): Promise<string> {
  return deps.store.write(async (tx) => {
    await refuseUnknownChannels(tx, rule);
    await tx.jobs.evaluateRules();
    return tx.rules.insert(rule, deps.now());
  });
}

export async function changeRule(deps: AlertDeps, id: string, rule: RuleDraft): Promise<void> {
  await deps.store.write(async (tx) => {
    await refuseUnknownChannels(tx, rule);
    if (!(await tx.rules.change(id, rule))) throw new AppError('rule.not-found', {});
    await tx.jobs.evaluateRules();
  });
}

export async function deleteRule(deps: AlertDeps, id: string): Promise<void> {
  if (!(await deps.store.write((tx) => tx.rules.delete(id)))) throw new AppError('rule.not-found', {});
}

/** Says that somebody has taken it up. Who was first stays. */
export async function acknowledgeAlert(deps: AlertDeps, id: string, actor: Actor): Promise<void> {
  const found = await deps.store.write((tx) => tx.alerts.acknowledge(id, actor.name, deps.now()));
  if (!found) throw new AppError('alert.not-found', {});
}

async function refuseUnknownChannels(tx: Tx, rule: RuleDraft): Promise<void> {
  for (const id of rule.channelIds)
    if ((await tx.channels.byId(id)) === null) throw new AppError('channel.not-found', { channelId: id });
}
