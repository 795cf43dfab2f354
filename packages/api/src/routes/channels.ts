import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import {
  Channel,
  ChannelChange,
  ChannelSettings,
  DeliveryFilter,
  DeliveryPage,
  DeliveryQuery,
  NewChannel,
} from '../schemas/alerts/channel.ts';
import { Id, Instant } from '../schemas/common.ts';

const tag = 'Channels';
const ChannelParams = z.strictObject({ channelId: Id });

export const channels = {
  listChannels: defineRoute('GET', '/api/channels', {
    access: 'admin',
    tag,
    summary: 'Channels that alerts leave through, and how they are',
    response: z.object({ channels: z.array(Channel) }),
  }),
  addChannel: defineRoute('POST', '/api/channels', {
    access: 'admin',
    tag,
    summary: 'Add a channel; the secret that signs a webhook is shown this once',
    status: 201,
    body: NewChannel,
    response: z.object({ id: Id, secret: z.string().nullable() }),
    refusals: [
      'channel.template-invalid',
      'channel.header-refused',
      'channel.private-target',
      'organization.not-found',
    ],
  }),
  getChannel: defineRoute('GET', '/api/channels/{channelId}', {
    access: 'admin',
    tag,
    summary: 'A channel and what may be shown of its settings',
    params: ChannelParams,
    response: z.object({
      channel: Channel,
      settings: ChannelSettings.nullable().describe('Null when they cannot be opened with the present key.'),
    }),
    refusals: ['channel.not-found'],
  }),
  changeChannel: defineRoute('PUT', '/api/channels/{channelId}', {
    access: 'admin',
    tag,
    summary: 'Change a channel; secrets that are left out stay as they are',
    params: ChannelParams,
    body: ChannelChange,
    refusals: [
      'channel.not-found',
      'channel.other-kind',
      'channel.secret-needed',
      'channel.sealed',
      'channel.template-invalid',
      'channel.header-refused',
      'channel.private-target',
      'organization.not-found',
    ],
  }),
  rotateChannelSecret: defineRoute('POST', '/api/channels/{channelId}/secret', {
    access: 'admin',
    tag,
    summary: 'Sign a webhook with a new secret, shown this once; for a day its messages carry both signatures',
    params: ChannelParams,
    response: z.object({ secret: z.string(), bothUntil: Instant }),
    refusals: ['channel.not-found', 'channel.not-signed', 'channel.sealed'],
  }),
  enableChannel: defineRoute('POST', '/api/channels/{channelId}/enable', {
    access: 'admin',
    tag,
    summary: 'Let a disabled channel send again; what waited leaves now',
    params: ChannelParams,
    refusals: ['channel.not-found'],
  }),
  removeChannel: defineRoute('DELETE', '/api/channels/{channelId}', {
    access: 'admin',
    tag,
    summary: 'Remove a channel, with its log and what waits for it',
    params: ChannelParams,
    refusals: ['channel.not-found'],
  }),
  testChannel: defineRoute('POST', '/api/channels/{channelId}/test', {
    access: 'admin',
    tag,
    summary: 'Send a test message, once, before anything that waits; the delivery log says what became of it',
    status: 202,
    params: ChannelParams,
    response: z.object({ deliveryId: Id }),
    refusals: ['channel.not-found'],
  }),
  listDeliveries: defineRoute('GET', '/api/channels/{channelId}/deliveries', {
    access: 'admin',
    tag,
    summary: 'Deliveries of a channel, newest first, each with its attempts; kept as long as events',
    params: ChannelParams,
    query: DeliveryQuery,
    response: DeliveryPage,
    refusals: ['channel.not-found', 'cursor.invalid'],
  }),
  exportDeliveries: defineRoute('GET', '/api/channels/{channelId}/deliveries.csv', {
    access: 'admin',
    tag,
    summary: 'The same filter as CSV, streamed: a line for each delivery, with its newest attempt',
    params: ChannelParams,
    query: DeliveryFilter,
    answers: 'csv',
    refusals: ['channel.not-found'],
  }),
};
