import { type ChannelChange, type ChannelSettings, channelKind, type NewChannel, shownSettings } from '@winesap/api';
import {
  AppError,
  addChannel,
  changeChannel,
  deleteChannel,
  enableChannel,
  openChannel,
  rotateChannelSecret,
  sendTest,
} from '@winesap/core';
import { readAllDeliveries, readChannels, readDeliveryPage } from '../../store/alerts/reads/channels.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { DELIVERY_COLUMNS } from './columns.ts';

export function channelHandlers({ deps, db }: Context): HandlersOf<'channels'> {
  const found = async (channelId: string) => {
    const [channel] = await readChannels(db, channelId);
    if (channel === undefined) throw new AppError('channel.not-found', {});
    return channel;
  };
  return {
    listChannels: async () => ({ channels: await readChannels(db) }),
    addChannel: ({ body, actor }) => addChannel(deps, draftOf(body), actor),
    getChannel: async ({ params }) => {
      const channel = await found(params.channelId);
      const { settings } = await openChannel(deps, params.channelId);
      return {
        channel,
        settings: settings === null ? null : (shownSettings(channelKind(channel.kind), settings) as ChannelSettings),
      };
    },
    changeChannel: ({ params, body, actor }) =>
      changeChannel(deps, params.channelId, draftOf(body), actor) as Promise<undefined>,
    rotateChannelSecret: async ({ params, actor }) => {
      const { secret, bothUntil } = await rotateChannelSecret(deps, params.channelId, actor);
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

/** Everything that is neither common to all kinds nor the report is a setting of its kind. */
function draftOf(body: NewChannel | ChannelChange) {
  const { kind, name, timing, report, ...settings } = { report: null, ...body };
  return { kind, name, timing, report, settings };
}
