import {
  type ChannelDraft,
  type ChannelSettings,
  hostOf,
  leadsElsewhere,
  targetOf,
} from '../../domain/alerts/channel.ts';
import { refusedHeader } from '../../domain/alerts/header-names.ts';
import { compileTemplate } from '../../domain/alerts/json-template.ts';
import type { Actor } from '../../domain/event.ts';
import { channelPlace } from '../../domain/seal-place.ts';
import { AppError } from '../../errors.ts';
import type { Channel } from '../../ports/alerts.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { channelEvent } from './alerting-events.ts';

type ChannelDeps = Pick<Deps, 'store' | 'now' | 'seal'>;

/** Adds a channel. Its settings are sealed; what they are called by stays readable. Gives its id. */
export async function addChannel(
  deps: ChannelDeps & Pick<Deps, 'newId' | 'targets'>,
  draft: ChannelDraft,
  actor: Actor,
): Promise<string> {
  refuseBadTemplate(draft.settings);
  await refuseBadTarget(deps, draft.settings);
  const id = deps.newId();
  const columns = await columnsOf(deps, id, draft);
  return deps.store.write(async (tx) => {
    await refuseUnknownOrganization(tx, draft);
    await tx.channels.insert({ ...columns, id, kind: draft.settings.kind }, deps.now());
    const event = channelEvent({ id, name: draft.name }, 'info', 'channel.added', 'was added.', actor);
    await tx.events.append(event, deps.now());
    return id;
  });
}

/** What is left out of the settings stays as it is stored; `password` empty takes it away. */
export type ChannelChange = Omit<ChannelDraft, 'settings'> & {
  settings: ChannelSettings extends infer S ? (S extends ChannelSettings ? Loose<S> : never) : never;
};

type Loose<S extends ChannelSettings> = Pick<S, 'kind'> & { [P in Exclude<keyof S, 'kind'>]?: S[P] | undefined };

/**
 * Changes a channel. A secret that stays must not follow a changed address: whoever may edit could otherwise have it sent
 * to himself. Errors: channel.not-found, channel.other-kind, channel.secret-needed, channel.template-invalid,
 * channel.header-refused, channel.private-target.
 */
export async function changeChannel(
  deps: ChannelDeps & Pick<Deps, 'targets'>,
  id: string,
  change: ChannelChange,
  actor: Actor,
): Promise<void> {
  const { channel, settings: stored } = await openChannel(deps, id);
  if (channel.kind !== change.settings.kind) throw new AppError('channel.other-kind', { kind: channel.kind });
  const settings = { ...stored, ...defined(change.settings) } as ChannelSettings;
  if (stored !== null && leadsElsewhere(stored, settings) && keepsSecret(stored, change.settings))
    throw new AppError('channel.secret-needed', {});
  refuseBadTemplate(settings);
  await refuseBadTarget(deps, change.settings);
  const columns = await columnsOf(deps, id, { ...change, settings });
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

/** The channel and its settings; null when the present key does not open them. Errors: channel.not-found. */
export async function openChannel(
  deps: ChannelDeps,
  id: string,
): Promise<{ channel: Channel; settings: ChannelSettings | null }> {
  const channel = await deps.store.read((view) => view.channels.byId(id));
  if (channel === null) throw new AppError('channel.not-found', {});
  return { channel, settings: await settingsOf(deps, channel) };
}

/** Null when the present key does not open them. */
export async function settingsOf(deps: Pick<Deps, 'seal'>, channel: Channel): Promise<ChannelSettings | null> {
  try {
    const settings = JSON.parse(await deps.seal.open(channel.sealed, channelPlace(channel.id))) as object;
    return { ...settings, kind: channel.kind } as ChannelSettings;
  } catch {
    return null;
  }
}

/** Lets a channel send again that its receiver had sent away. What waited leaves now. */
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

/** Puts a test message into the outbox, before whatever waits there. Gives the id of the delivery. */
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

async function columnsOf(deps: ChannelDeps, id: string, { name, timing, report, settings }: ChannelDraft) {
  const { kind: _, ...secret } = settings;
  const sealed = await deps.seal.seal(JSON.stringify(secret), channelPlace(id));
  return { name, timing, report, target: targetOf(settings), sealed };
}

function refuseBadTemplate(settings: ChannelSettings): void {
  if (settings.kind !== 'json') return;
  const header = refusedHeader(settings.headers);
  if (header !== null) throw new AppError('channel.header-refused', header);
  const compiled = compileTemplate(settings.template);
  if ('problem' in compiled) throw new AppError('channel.template-invalid', { ...compiled });
}

/** What is left out was checked when it was stored. */
async function refuseBadTarget({ targets }: Pick<Deps, 'targets'>, settings: ChannelChange['settings']): Promise<void> {
  const target = settings.kind === 'email' ? settings.host : settings.url;
  if (target === undefined || (await targets.mayReach(target))) return;
  throw new AppError('channel.private-target', { host: settings.kind === 'email' ? target : hostOf(target) });
}

async function refuseUnknownOrganization(tx: Tx, { report }: Pick<ChannelDraft, 'report'>): Promise<void> {
  if (report === null || report.organizationId === null) return;
  if ((await tx.organizations.byId(report.organizationId)) === null) throw new AppError('organization.not-found', {});
}

function keepsSecret(stored: ChannelSettings, change: ChannelChange['settings']): boolean {
  if (stored.kind === 'email')
    return (stored.password ?? '') !== '' && change.kind === 'email' && change.password === undefined;
  if (stored.kind === 'json')
    return Object.keys(stored.headers).length > 0 && change.kind === 'json' && change.headers === undefined;
  return false;
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
