import type { ChannelDraft, ChannelSettings } from '../../domain/alerts/channel.ts';
import type { Actor } from '../../domain/event.ts';
import { channelPlace } from '../../domain/seal-place.ts';
import { AppError } from '../../errors.ts';
import type { Channel } from '../../ports/alerts.ts';
import type { ChannelFacts, ChannelKind } from '../../ports/channel-kinds.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { channelEvent } from './alerting-events.ts';

type ChannelDeps = Pick<Deps, 'store' | 'now' | 'seal'>;

/**
 * Adds a channel. Its settings are sealed; its label stays readable. Returns its ID and the secret that it signs with,
 * which is shown only once; null if it signs nothing. Errors: the refusals of its kind, channel.private-target.
 */
export async function addChannel(
  deps: ChannelDeps & Pick<Deps, 'newId' | 'targets' | 'channelKinds'>,
  draft: ChannelDraft,
  actor: Actor,
): Promise<{ id: string; secret: string | null }> {
  const kind = kindOf(deps, draft.kind);
  const signing = kind.sign(draft.settings, deps.seal.makeSecret(), deps.now());
  const settings = signing?.settings ?? draft.settings;
  const facts = factsOf(kind, settings);
  await refusePrivate(deps, facts);
  const id = deps.newId();
  const columns = await columnsOf(deps, id, { ...draft, settings }, facts);
  return deps.store.write(async (tx) => {
    await refuseUnknownOrganization(tx, draft);
    await tx.channels.insert({ ...columns, id, kind: draft.kind }, deps.now());
    const event = channelEvent({ id, name: draft.name }, 'info', 'channel.added', 'was added.', actor);
    await tx.events.append(event, deps.now());
    return { id, secret: signing?.secret ?? null };
  });
}

/**
 * Changes a channel; omitted settings stay as they are stored. A stored secret must not follow a changed address, or an
 * editor could have it sent to their own server. Errors: channel.not-found, channel.other-kind, channel.secret-needed,
 * channel.sealed, channel.private-target, the refusals of its kind.
 */
export async function changeChannel(
  deps: ChannelDeps & Pick<Deps, 'targets' | 'channelKinds'>,
  id: string,
  change: ChannelDraft,
  actor: Actor,
): Promise<void> {
  const { channel, settings: stored } = await openChannel(deps, id);
  if (channel.kind !== change.kind) throw new AppError('channel.other-kind', { kind: channel.kind });
  const kind = kindOf(deps, channel.kind);
  if (stored !== null && kind.strandsSecret(stored, change.settings)) throw new AppError('channel.secret-needed', {});
  const settings = { ...stored, ...defined(change.settings) };
  const facts = factsOf(kind, settings);
  // An unchanged host was checked when it was stored, and is checked again before every send.
  if (stored === null || facts.host !== kind.facts(stored)?.host) await refusePrivate(deps, facts);
  const columns = await columnsOf(deps, id, { ...change, settings }, facts);
  await deps.store.write(async (tx) => {
    await refuseUnknownOrganization(tx, change);
    if ((await tx.channels.byId(id)) === null) throw new AppError('channel.not-found', {});
    await tx.channels.change(id, columns, deps.now());
    await tx.deliveries.hurry(id, deps.now());
    await tx.events.append(
      channelEvent({ id, name: change.name }, 'info', 'channel.changed', 'was changed.', actor),
      deps.now(),
    );
    await tx.jobs.evaluateRules();
    await tx.jobs.deliver();
  });
}

/**
 * Returns the channel and its settings; the settings are null if the present key does not open them. Errors:
 * channel.not-found.
 */
export async function openChannel(
  deps: ChannelDeps,
  id: string,
): Promise<{ channel: Channel; settings: ChannelSettings | null }> {
  const channel = await deps.store.read((view) => view.channels.byId(id));
  if (channel === null) throw new AppError('channel.not-found', {});
  return { channel, settings: await settingsOf(deps, channel) };
}

/** Returns null if the present key does not open them. */
export async function settingsOf(deps: Pick<Deps, 'seal'>, channel: Channel): Promise<ChannelSettings | null> {
  try {
    return JSON.parse(await deps.seal.open(channel.sealed, channelPlace(channel.id))) as ChannelSettings;
  } catch {
    return null;
  }
}

/** Enables a channel that its receiver had disabled. Waiting messages are sent now. */
export async function enableChannel(deps: ChannelDeps, id: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const channel = await tx.channels.byId(id);
    if (channel === null) throw new AppError('channel.not-found', {});
    if (!channel.disabled) return;
    await tx.channels.enable(id);
    await tx.deliveries.hurry(id, deps.now());
    await tx.events.append(channelEvent(channel, 'info', 'channel.enabled', 'is enabled again.', actor), deps.now());
    await tx.jobs.evaluateRules();
    await tx.jobs.deliver();
  });
}

export async function deleteChannel(deps: ChannelDeps, id: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const channel = await tx.channels.byId(id);
    if (channel === null || !(await tx.channels.delete(id))) throw new AppError('channel.not-found', {});
    await tx.events.append(channelEvent(channel, 'warning', 'channel.removed', 'was removed.', actor), deps.now());
  });
}

/** Puts a test message into the outbox, ahead of everything that waits there. Returns the ID of the delivery. */
export async function sendTest(deps: ChannelDeps, channelId: string): Promise<string> {
  return deps.store.write(async (tx) => {
    const channel = await tx.channels.byId(channelId);
    if (channel === null) throw new AppError('channel.not-found', {});
    const id = await tx.deliveries.insert(
      channel.id,
      {
        kind: 'test',
        title: 'Winesap: test message',
        text: `The channel “${channel.name}” works. Nothing is wrong and nothing is to be done.`,
        total: 0,
        alerts: [],
        link: null,
      },
      deps.now(),
    );
    await tx.jobs.deliver();
    return id;
  });
}

async function columnsOf(
  deps: ChannelDeps,
  id: string,
  { name, timing, report, settings }: ChannelDraft,
  { target }: ChannelFacts,
) {
  const sealed = await deps.seal.seal(JSON.stringify(settings), channelPlace(id));
  return { name, timing, report, target, sealed };
}

function kindOf({ channelKinds }: Pick<Deps, 'channelKinds'>, name: string): ChannelKind {
  const kind = channelKinds(name);
  if (kind === null) throw new Error(`A channel of the unknown kind ${name}.`);
  return kind;
}

/** The settings are incomplete because the stored ones could not be opened and the change leaves some of them out. */
function factsOf(kind: ChannelKind, settings: ChannelSettings): ChannelFacts {
  const facts = kind.facts(settings);
  if (facts === null) throw new AppError('channel.sealed', {});
  if (facts.refusal !== null) throw new AppError(facts.refusal.code, facts.refusal.data);
  return facts;
}

async function refusePrivate({ targets }: Pick<Deps, 'targets'>, { host }: ChannelFacts): Promise<void> {
  if (!(await targets.mayReach(host))) throw new AppError('channel.private-target', { host });
}

async function refuseUnknownOrganization(tx: Tx, { report }: Pick<ChannelDraft, 'report'>): Promise<void> {
  if (report === null || report.organizationId === null) return;
  if ((await tx.organizations.byId(report.organizationId)) === null) throw new AppError('organization.not-found', {});
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
