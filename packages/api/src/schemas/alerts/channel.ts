import { z } from 'zod';
import type { Field } from '../../channels/field.ts';
import { CHANNEL_KINDS, type DescribedKind, type KindOfChannel } from '../../channels/kinds.ts';
import { type ShownShape, shownShape } from '../../channels/shown-settings.ts';
import { Id, Instant, Name, PageQuery } from '../common.ts';
import { AT_ONCE, ReportPlan, Timing } from './timing.ts';

/** What all kinds of channel have in common. */
const COMMON = { name: Name, timing: Timing.default(AT_ONCE) };
const SAID = { name: Name, timing: Timing };
const REPORT = ReportPlan.nullable();

type Asked<K extends KindOfChannel> = { [N in keyof K['fields']]: K['fields'][N]['asked'] };
type Changed<K extends KindOfChannel> = { [N in keyof K['fields']]: K['fields'][N]['changed'] };
type Report<K extends KindOfChannel, Schema> = K['takesReport'] extends true ? { report: Schema } : unknown;
type Kind<K extends KindOfChannel> = { kind: z.ZodLiteral<K['kind']> };
type Flat<Shape> = { -readonly [P in keyof Shape]: Shape[P] };

// A separate schema per kind, because a union needs them.
type New<K> = K extends KindOfChannel
  ? z.ZodObject<Flat<Kind<K> & typeof COMMON & Asked<K> & Report<K, z.ZodDefault<typeof REPORT>>>, z.core.$strict>
  : never;
type Change<K> = K extends KindOfChannel
  ? z.ZodObject<Flat<Kind<K> & typeof SAID & Changed<K> & Report<K, typeof REPORT>>, z.core.$strict>
  : never;
type Shown<K> = K extends KindOfChannel
  ? Flat<ShownShape<K>> extends infer Shape extends z.ZodRawShape
    ? z.ZodObject<Shape>
    : never
  : never;
type OneOf<Schema> = [Schema, ...Schema[]];

function newOf({ kind, fields, takesReport }: KindOfChannel) {
  const settings = mapped(fields, ({ asked }) => asked);
  return z.strictObject({
    kind: z.literal(kind),
    ...COMMON,
    ...settings,
    ...(takesReport && { report: REPORT.default(null) }),
  });
}

function changeOf({ kind, fields, takesReport }: KindOfChannel) {
  const settings = mapped(fields, ({ changed }) => changed);
  return z.strictObject({ kind: z.literal(kind), ...SAID, ...settings, ...(takesReport && { report: REPORT }) });
}

function mapped(fields: KindOfChannel['fields'], of: (field: Field) => z.ZodType): z.ZodRawShape {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, of(field)]));
}

export const ChannelKind = z.enum(CHANNEL_KINDS.map(({ kind }) => kind)).meta({ id: 'ChannelKind' });
export type ChannelKind = z.output<typeof ChannelKind>;

/** The definition of a channel. It is stored sealed; addresses and secrets are never shown again. */
export const NewChannel = z
  .discriminatedUnion('kind', CHANNEL_KINDS.map(newOf) as unknown as OneOf<New<DescribedKind>>)
  .meta({ id: 'NewChannel' });
export type NewChannel = z.output<typeof NewChannel>;

/** The channel's new definition. `kind` must stay the same: a channel can't change its kind. */
export const ChannelChange = z
  .discriminatedUnion('kind', CHANNEL_KINDS.map(changeOf) as unknown as OneOf<Change<DescribedKind>>)
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
  .discriminatedUnion(
    'kind',
    CHANNEL_KINDS.map((one) => z.object(shownShape(one))) as unknown as OneOf<Shown<DescribedKind>>,
  )
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
