import { z } from 'zod';
import { Id, Instant, Name, oneLine, PageQuery } from '../common.ts';
import { AT_ONCE, ReportPlan, Timing } from './timing.ts';

const MailAddress = z.email().max(254);
const HttpUrl = z.url({ protocol: /^https?$/ }).max(2000);
const Headers = z
  .record(
    z.string().regex(/^[\w-]{1,100}$/),
    z
      .string()
      .max(2000)
      .regex(/^[\x20-\x7e]*$/),
  )
  .refine((headers) => Object.keys(headers).length <= 20, 'has to be at most 20 headers');
const Template = z.string().min(2).max(20_000);

const MAIL = {
  host: oneLine(z.string().trim().min(1).max(253)),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: oneLine(z.string().max(320)).optional(),
  from: MailAddress,
  to: z.array(MailAddress).min(1).max(50),
};
const COMMON = { name: Name, timing: Timing.default(AT_ONCE) };

export const ChannelKind = z.enum(['webhook', 'email', 'slack', 'teams', 'json']).meta({ id: 'ChannelKind' });
export type ChannelKind = z.output<typeof ChannelKind>;

/** What a channel is made of. Sealed when it is stored; addresses and secrets are never shown again. */
export const NewChannel = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), ...COMMON, url: HttpUrl }),
    z.strictObject({
      kind: z.literal('email'),
      ...COMMON,
      ...MAIL,
      password: z.string().max(1000).optional(),
      report: ReportPlan.nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('slack'), ...COMMON, url: HttpUrl }),
    z.strictObject({ kind: z.literal('teams'), ...COMMON, url: HttpUrl }),
    z.strictObject({
      kind: z.literal('json'),
      ...COMMON,
      url: HttpUrl,
      headers: Headers.default({}),
      template: Template.describe('JSON with {{placeholders}}: docs/alerts.md.'),
    }),
  ])
  .meta({ id: 'NewChannel' });
export type NewChannel = z.output<typeof NewChannel>;

const KEPT = 'Left out: what is stored stays.';

/** The channel as it shall be. `kind` is what it is already: a channel cannot become another kind. */
export const ChannelChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('webhook'), name: Name, timing: Timing, url: HttpUrl.optional().describe(KEPT) }),
    z.strictObject({
      kind: z.literal('email'),
      name: Name,
      timing: Timing,
      ...MAIL,
      password: z.string().max(1000).optional().describe(`${KEPT} Needed again when host or user change. Empty: none.`),
      report: ReportPlan.nullable(),
    }),
    z.strictObject({ kind: z.literal('slack'), name: Name, timing: Timing, url: HttpUrl.optional().describe(KEPT) }),
    z.strictObject({ kind: z.literal('teams'), name: Name, timing: Timing, url: HttpUrl.optional().describe(KEPT) }),
    z.strictObject({
      kind: z.literal('json'),
      name: Name,
      timing: Timing,
      url: HttpUrl.optional().describe(KEPT),
      headers: Headers.optional().describe(`${KEPT} Needed again when the host changes.`),
      template: Template,
    }),
  ])
  .meta({ id: 'ChannelChange' });
export type ChannelChange = z.output<typeof ChannelChange>;

export const Channel = z
  .object({
    id: Id,
    kind: ChannelKind,
    name: z.string(),
    target: z.string().describe('The host, or the recipients of mail.'),
    timing: Timing,
    report: ReportPlan.nullable().describe('Mail channels only.'),
    createdAt: Instant,
    disabledAt: Instant.nullable(),
    disabledWhy: z.string().nullable(),
    waiting: z.number().int().describe('Deliveries that are still to leave.'),
    held: z.number().int().describe('Alerts that wait for the end of quiet hours, or for the next digest.'),
    failing: z.string().nullable().describe('Why the last attempt did not succeed; null when it did.'),
  })
  .meta({ id: 'Channel' });
export type Channel = z.output<typeof Channel>;

/** What may be shown of a channel's settings, for a form that changes them. */
export const ChannelSettings = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('webhook') }),
    z.object({ kind: z.literal('email'), ...MAIL, hasPassword: z.boolean() }),
    z.object({ kind: z.literal('slack') }),
    z.object({ kind: z.literal('teams') }),
    z.object({ kind: z.literal('json'), headerNames: z.array(z.string()), template: z.string() }),
  ])
  .meta({ id: 'ChannelSettings' });
export type ChannelSettings = z.output<typeof ChannelSettings>;

export const Delivery = z
  .object({
    id: Id,
    kind: z.enum(['alerts', 'test', 'report']),
    title: z.string(),
    alerts: z.number().int().describe('How many alerts it tells.'),
    createdAt: Instant,
    state: z.enum(['waiting', 'sent', 'failed']),
    nextAt: Instant.nullable(),
    attempts: z.array(z.object({ attempt: z.number().int(), at: Instant, succeeded: z.boolean(), note: z.string() })),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.output<typeof Delivery>;

export const DeliveryPage = z
  .object({ deliveries: z.array(Delivery), nextCursor: z.string().nullable() })
  .meta({ id: 'DeliveryPage' });

export const DeliveryFilter = z.strictObject({ state: z.enum(['waiting', 'sent', 'failed']).optional() });

export const DeliveryQuery = DeliveryFilter.extend(PageQuery.shape);
