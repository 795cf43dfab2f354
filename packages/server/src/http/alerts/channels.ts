import type { ChannelChange, ChannelSettings, NewChannel } from '@winesap/api';
import {
  AppError,
  addChannel,
  changeChannel,
  type Deps,
  deleteChannel,
  enableChannel,
  openChannel,
  rotateChannelSecret,
  type ChannelSettings as StoredSettings,
  sendTest,
} from '@winesap/core';
import { readAllDeliveries, readChannels, readDeliveryPage } from '../../store/alerts/reads/channels.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { Handlers } from '../edge/handler.ts';
import { DELIVERY_COLUMNS } from './columns.ts';

type Ids =
  | 'listChannels'
  | 'addChannel'
  | 'getChannel'
  | 'changeChannel'
  | 'rotateChannelSecret'
  | 'enableChannel'
  | 'removeChannel'
  | 'testChannel'
  | 'listDeliveries'
  | 'exportDeliveries';

export function channelHandlers({ deps, db }: Context): Pick<Handlers, Ids> {
  const found = async (channelId: string) => {
    const [channel] = await readChannels(db, channelId);
    if (channel === undefined) throw new AppError('channel.not-found', {});
    return channel;
  };
  return {
    listChannels: async () => ({ channels: await readChannels(db) }),
    addChannel: async ({ body, actor }) => {
      const settings = newSettings(deps, body);
      const { name, timing } = body;
      const id = await addChannel(deps, { name, timing, report: reportOf(body), settings }, actor);
      return { id, secret: settings.kind === 'webhook' ? settings.secret : null };
    },
    getChannel: async ({ params }) => {
      const channel = await found(params.channelId);
      const { settings } = await openChannel(deps, params.channelId);
      return { channel, settings: settings === null ? null : shownSettings(settings) };
    },
    changeChannel: ({ params, body, actor }) => {
      const { name, timing, ...rest } = body;
      const { report: _, ...settings } = { report: null, ...rest };
      const change = { name, timing, report: reportOf(body), settings };
      return changeChannel(deps, params.channelId, change, actor) as Promise<undefined>;
    },
    rotateChannelSecret: async ({ params, actor }) => {
      const secret = webhookSecret(deps.seal.makeSecret());
      const bothUntil = await rotateChannelSecret(deps, params.channelId, secret, actor);
      return { secret, bothUntil: bothUntil.toISOString() };
    },
    enableChannel: ({ params, actor }) => enableChannel(deps, params.channelId, actor) as Promise<undefined>,
    removeChannel: ({ params, actor }) => deleteChannel(deps, params.channelId, actor) as Promise<undefined>,
    testChannel: async ({ params }) => ({ deliveryId: await sendTest(deps, params.channelId) }),
    listDeliveries: async ({ params, query }) => {
      await found(params.channelId);
      return readDeliveryPage(db, params.channelId, query);
    },
    exportDeliveries: async ({ params, query, reply }) => {
      await found(params.channelId);
      const log = readAllDeliveries(db, params.channelId, query);
      return sendCsv(reply, 'deliveries', DELIVERY_COLUMNS, log);
    },
  };
}

function reportOf(channel: NewChannel | ChannelChange) {
  return channel.kind === 'email' ? channel.report : null;
}

function newSettings(deps: Deps, channel: NewChannel): StoredSettings {
  switch (channel.kind) {
    case 'webhook':
      return { kind: channel.kind, url: channel.url, secret: webhookSecret(deps.seal.makeSecret()) };
    case 'email': {
      const { name: _, timing: _timing, report: _report, ...settings } = channel;
      return settings;
    }
    case 'slack':
    case 'teams':
      return { kind: channel.kind, url: channel.url };
    case 'json':
      return { kind: channel.kind, url: channel.url, headers: channel.headers, template: channel.template };
  }
}

/** What a form may show again: nothing that opens a channel, no address that is a credential. */
function shownSettings(settings: StoredSettings): ChannelSettings {
  switch (settings.kind) {
    case 'email': {
      const { kind, host, port, security, user, from, to, password } = settings;
      const hasPassword = (password ?? '') !== '';
      return { kind, host, port, security, ...(user === undefined ? {} : { user }), from, to: [...to], hasPassword };
    }
    case 'json':
      return { kind: settings.kind, headerNames: Object.keys(settings.headers), template: settings.template };
    case 'webhook':
    case 'slack':
    case 'teams':
      return { kind: settings.kind };
  }
}

/** As Standard Webhooks spells secrets: ours is Base64 for addresses, theirs the plain kind. */
function webhookSecret(secret: string): string {
  return `whsec_${Buffer.from(secret, 'base64url').toString('base64')}`;
}
