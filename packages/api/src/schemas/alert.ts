import { z } from 'zod';
import { Id, Instant, Name } from './common.ts';
import { TokenState } from './health.ts';

const MailAddress = z.email().max(254);

/** What a channel is made of. Sealed when it is stored, and never shown again. */
export const NewChannel = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('webhook'), name: Name, url: z.url({ protocol: /^https?$/ }).max(2000) }),
    z.object({
      kind: z.literal('email'),
      name: Name,
      host: z.string().trim().min(1).max(253),
      port: z.number().int().min(1).max(65_535),
      security: z.enum(['tls', 'starttls', 'none']),
      user: z.string().max(320).optional(),
      password: z.string().max(1000).optional(),
      from: MailAddress,
      to: z.array(MailAddress).min(1).max(50),
    }),
  ])
  .meta({ id: 'NewChannel' });
export type NewChannel = z.output<typeof NewChannel>;

export const Channel = z
  .object({
    id: Id,
    kind: z.enum(['webhook', 'email']),
    name: Name,
    target: z.string().describe('The host of a webhook, the recipients of mail.'),
    createdAt: Instant,
    disabledWhy: z.string().nullable(),
    waiting: z.number().int().describe('Deliveries that are still to leave.'),
    failing: z.string().nullable().describe('Why the last attempt did not succeed; null when it did.'),
  })
  .meta({ id: 'Channel' });
export type Channel = z.output<typeof Channel>;

export const Delivery = z
  .object({
    id: Id,
    title: z.string(),
    alerts: z.number().int(),
    createdAt: Instant,
    state: z.enum(['waiting', 'sent', 'failed']),
    nextAt: Instant.nullable(),
    attempts: z.array(z.object({ attempt: z.number().int(), at: Instant, succeeded: z.boolean(), note: z.string() })),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.output<typeof Delivery>;

const RuleScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('organization'), organizationId: Id }),
  z.object({ kind: z.literal('policy'), policyId: Id }).describe('The policy and everything below it.'),
  z.object({ kind: z.literal('token'), tokenId: Id }),
]);

const RuleCondition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('expiry'), days: z.array(z.number().int().min(1).max(365)).min(1).max(20) }),
  z.object({ kind: z.literal('state'), states: z.array(TokenState).min(1) }),
  z.object({ kind: z.literal('scan'), hours: z.number().int().min(1).max(8760) }),
  z.object({ kind: z.literal('claim') }),
]);

export const NewRule = z
  .object({
    name: Name,
    enabled: z.boolean().default(true),
    scope: RuleScope,
    condition: RuleCondition,
    channelIds: z.array(Id).max(20),
  })
  .meta({ id: 'NewRule' });

export const Rule = NewRule.extend({ id: Id, enabled: z.boolean() }).meta({ id: 'Rule' });
export type Rule = z.output<typeof Rule>;

export const Alert = z
  .object({
    id: Id,
    ruleId: Id,
    ruleName: z.string(),
    tokenId: Id,
    organizationId: Id,
    title: z.string(),
    text: z.string(),
    openedAt: Instant,
    acknowledgedAt: Instant.nullable(),
    acknowledgedBy: z.string().nullable(),
    resolvedAt: Instant.nullable(),
  })
  .meta({ id: 'Alert' });
export type Alert = z.output<typeof Alert>;
