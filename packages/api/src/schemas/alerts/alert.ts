import { z } from 'zod';
import { Id, Instant, PageQuery } from '../common.ts';
import { ConditionKind } from './rule.ts';

/** A reason for an alert, reported once. Open: neither acknowledged nor resolved. */
export const Alert = z
  .object({
    id: Id,
    ruleId: Id,
    ruleName: z.string(),
    kind: ConditionKind,
    tokenId: Id,
    organizationId: Id,
    organizationName: z.string(),
    locationName: z.string(),
    title: z.string(),
    text: z.string(),
    openedAt: Instant,
    timesNotified: z.number().int().describe('1, and one more with every repetition.'),
    notifiedAt: Instant.describe('When people were last notified.'),
    escalatedAt: Instant.nullable(),
    acknowledgedAt: Instant.nullable(),
    acknowledgedBy: z.string().nullable(),
    resolvedAt: Instant.nullable(),
  })
  .meta({ id: 'Alert' });
export type Alert = z.output<typeof Alert>;

const AlertState = z.enum(['open', 'acknowledged', 'resolved']);

export const AlertFilter = z.strictObject({
  organizationId: Id.optional(),
  tokenId: Id.optional(),
  ruleId: Id.optional(),
});

export const AlertListFilter = AlertFilter.extend({ state: AlertState.optional() });

export const AlertQuery = AlertListFilter.extend(PageQuery.shape);

export const AlertPage = z
  .object({
    alerts: z.array(Alert),
    nextCursor: z.string().nullable(),
    counts: z
      .object({ open: z.number().int(), acknowledged: z.number().int(), resolved: z.number().int() })
      .describe('Of the filter, whatever `state` it asks for.'),
  })
  .meta({ id: 'AlertPage' });
export type AlertPage = z.output<typeof AlertPage>;
