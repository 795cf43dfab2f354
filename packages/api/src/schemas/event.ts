import { z } from 'zod';
import { Id, Instant, PageQuery } from './common.ts';
import { AppleSaid } from './health.ts';

export const Level = z.enum(['error', 'warning', 'info']).meta({ id: 'Level' });
export type Level = z.output<typeof Level>;

export const ReceiverType = z
  .enum(['vpp-token', 'policy', 'organization', 'person', 'system'])
  .meta({ id: 'ReceiverType' });
export type ReceiverType = z.output<typeof ReceiverType>;

/** A line of the event log, as it was written. */
export const Event = z
  .object({
    id: z.string(),
    at: Instant,
    level: Level,
    receiverType: ReceiverType,
    receiverName: z.string(),
    code: z.string().describe('token.revoked'),
    text: z.string().describe('Our plain words.'),
    apple: AppleSaid.nullable(),
    organizationId: Id.nullable(),
    organizationName: z.string().nullable(),
    policyId: Id.nullable(),
    policyName: z.string().nullable(),
    tokenId: Id.nullable(),
    tokenRemoved: z.boolean(),
    actor: z.string().nullable().describe('Who did it; null when Winesap did by itself.'),
    requestId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export type Event = z.output<typeof Event>;

export const EventFilter = z.strictObject({
  receiverType: ReceiverType.optional(),
  level: Level.optional(),
  organizationId: Id.optional(),
  policyId: Id.optional(),
  tokenId: Id.optional(),
  q: z.string().max(200).optional().describe('Found in the text, the receiver, or Apple’s words and number.'),
  from: Instant.optional(),
  to: Instant.optional(),
});

export const EventQuery = EventFilter.extend(PageQuery.shape);

export const EventPage = z
  .object({ events: z.array(Event), nextCursor: z.string().nullable(), keptDays: z.number().int() })
  .meta({ id: 'EventPage' });
export type EventPage = z.output<typeof EventPage>;

export const EventSummary = z
  .object({
    total: z.number().int(),
    bucketMinutes: z.number().int(),
    histogram: z.array(
      z.object({ at: Instant, error: z.number().int(), warning: z.number().int(), info: z.number().int() }),
    ),
    receivers: z
      .array(
        z.object({
          tokenId: Id.nullable(),
          receiverType: ReceiverType,
          receiverName: z.string(),
          events: z.number().int(),
          errors: z.number().int(),
          broken: z.boolean().describe('The token does not work now.'),
        }),
      )
      .describe('At most 50, broken first, then by number of errors.'),
    tokensNotWorking: z.number().int(),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.output<typeof EventSummary>;
