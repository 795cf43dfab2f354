import { z } from 'zod';
import { Id, Instant, Name } from '../common.ts';
import { TokenState } from '../health.ts';

export const ExpiryDays = z.array(z.number().int().min(1).max(365)).min(1).max(20);
const Hours = z.number().int().min(1).max(8760);

const RuleScope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('all') }),
    z.strictObject({ kind: z.literal('organization'), organizationId: Id }),
    z.strictObject({ kind: z.literal('policy'), policyId: Id }).describe('The policy and everything below it.'),
    z.strictObject({ kind: z.literal('token'), tokenId: Id }),
  ])
  .meta({ id: 'RuleScope' });

const RuleCondition = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ kind: z.literal('expiry'), days: ExpiryDays })
      .describe('Days before expiry, one alert for each. A token can have its own days instead.'),
    z
      .strictObject({
        kind: z.literal('state'),
        entered: z.array(TokenState).max(11),
        left: z.array(TokenState).max(11).default([]),
      })
      .refine(({ entered, left }) => entered.length + left.length > 0, 'has to name at least one state')
      .describe('A token has come into one of these states, or has left one.'),
    z
      .strictObject({ kind: z.literal('scan'), hours: Hours })
      .describe('Scans have been failing, or overdue, for so long.'),
    z
      .strictObject({
        kind: z.literal('licenses'),
        below: z.number().int().min(1).max(1_000_000).nullable().default(null),
        belowPercent: z.number().int().min(1).max(100).nullable().default(null),
        adamIds: z
          .array(z.string().regex(/^\d{1,20}$/))
          .max(100)
          .default([])
          .describe('Empty: every asset.'),
      })
      .describe(
        'Fewer licenses of an asset are available, in number or of all bought. With neither, what counts as low there.',
      ),
    z.strictObject({ kind: z.literal('claim') }).describe('Another server claimed a location, or ours is gone.'),
    z
      .strictObject({ kind: z.literal('notifications'), hours: Hours })
      .describe('Apple has sent no notification for so long, although they are set up.'),
    z
      .strictObject({ kind: z.literal('assignments'), failed: z.number().int().min(1).max(1_000_000), hours: Hours })
      .describe('So many assignments or releases failed within so many hours.'),
  ])
  .meta({ id: 'RuleCondition' });
export type RuleCondition = z.output<typeof RuleCondition>;

export const ConditionKind = z
  .enum(['expiry', 'state', 'scan', 'licenses', 'claim', 'notifications', 'assignments'])
  .meta({ id: 'ConditionKind' });

export const NewRule = z
  .strictObject({
    name: Name,
    enabled: z.boolean().default(true),
    scope: RuleScope,
    condition: RuleCondition,
    channelIds: z.array(Id).max(20),
    urgent: z.boolean().default(false).describe('Told at once: waits neither for quiet hours to end nor for a digest.'),
    repeatHours: Hours.nullable().default(null).describe('Notifies again this often until acknowledged.'),
    escalation: z
      .strictObject({ afterHours: Hours, channelIds: z.array(Id).min(1).max(20) })
      .nullable()
      .default(null)
      .describe('Told to these channels, too, when nobody has acknowledged it for so long.'),
  })
  .meta({ id: 'NewRule' });
export type NewRule = z.output<typeof NewRule>;

export const Rule = z
  .object({
    ...NewRule.shape,
    name: z.string(),
    enabled: z.boolean(),
    urgent: z.boolean(),
    repeatHours: NewRule.shape.repeatHours.unwrap(),
    escalation: NewRule.shape.escalation.unwrap(),
    id: Id,
    scopeName: z
      .string()
      .nullable()
      .describe('Of the organization, policy or location; null for all, or when it is gone.'),
    scopeGone: z.boolean().describe('What it watched was deleted: it tells nothing any more.'),
    open: z.number().int().describe('Alerts of it that are neither acknowledged nor resolved.'),
    createdAt: Instant,
  })
  .meta({ id: 'Rule' });
export type Rule = z.output<typeof Rule>;
