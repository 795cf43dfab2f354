import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Alert, Channel, Delivery, NewChannel, NewRule, Rule } from '../schemas/alert.ts';
import { Id } from '../schemas/common.ts';

const tag = 'Alerts';
const ChannelParams = z.object({ channelId: Id });
const RuleParams = z.object({ ruleId: Id });

export const alerts = {
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
    summary: 'Send a test message; the delivery log says what became of it',
    status: 202,
    params: ChannelParams,
    response: z.object({ deliveryId: Id }),
    refusals: ['channel.not-found'],
  }),
  listDeliveries: defineRoute('GET', '/api/channels/{channelId}/deliveries', {
    access: 'admin',
    tag,
    summary: 'The newest 100 deliveries of a channel, each with its attempts',
    params: ChannelParams,
    response: z.object({ deliveries: z.array(Delivery) }),
  }),
  listRules: defineRoute('GET', '/api/rules', {
    access: 'viewer',
    tag,
    summary: 'What is watched, and who is told',
    response: z.object({ rules: z.array(Rule) }),
  }),
  addRule: defineRoute('POST', '/api/rules', {
    access: 'admin',
    tag,
    summary: 'Add a rule; what is true already is told at once',
    status: 201,
    body: NewRule,
    response: z.object({ id: Id }),
    refusals: ['channel.not-found'],
  }),
  changeRule: defineRoute('PUT', '/api/rules/{ruleId}', {
    access: 'admin',
    tag,
    summary: 'Change a rule; what it told already is not told again',
    params: RuleParams,
    body: NewRule,
    refusals: ['rule.not-found', 'channel.not-found'],
  }),
  removeRule: defineRoute('DELETE', '/api/rules/{ruleId}', {
    access: 'admin',
    tag,
    summary: 'Remove a rule and its alerts',
    params: RuleParams,
    refusals: ['rule.not-found'],
  }),
  listAlerts: defineRoute('GET', '/api/alerts', {
    access: 'viewer',
    tag,
    summary: 'Alerts, newest first',
    query: z.object({
      state: z.enum(['open', 'acknowledged', 'resolved']).optional(),
      organizationId: Id.optional(),
      tokenId: Id.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ alerts: z.array(Alert) }),
  }),
  acknowledgeAlert: defineRoute('POST', '/api/alerts/{alertId}/acknowledge', {
    access: 'admin',
    tag,
    summary: 'Say that you have taken it up',
    params: z.object({ alertId: Id }),
    refusals: ['alert.not-found'],
  }),
};
