import { z } from 'zod';
import { Id, Instant } from '../common.ts';
import { TokenState } from '../health.ts';

const Where = {
  tokenId: Id,
  organizationId: Id,
  organizationName: z.string(),
  policyId: Id.nullable().describe('Null once the token was removed and its policy deleted.'),
  locationName: z.string(),
};

/** `items` has at most 500 rows, the most urgent first; `total` counts all. */
const listOf = <T extends z.ZodType>(item: T) => z.object({ total: z.number().int(), items: z.array(item) });

/** What expires, what is broken, what is low, and what changed: for printing, and for the weekly email. */
export const Report = z
  .object({
    from: Instant,
    to: Instant,
    days: z.number().int(),
    organizationId: Id.nullable(),
    organizationName: z.string().nullable().describe('Null: all organizations.'),
    tokens: z.object({
      total: z.number().int(),
      broken: z.number().int(),
      soon: z.number().int(),
      unknown: z.number().int(),
      checking: z.number().int(),
      ok: z.number().int(),
    }),
    broken: listOf(
      z.object({
        ...Where,
        state: TokenState,
        label: z.string(),
        cause: z.string(),
        nextStep: z.string(),
        since: Instant,
      }),
    ).describe('Broken or unknown, the longest first.'),
    expiring: listOf(z.object({ ...Where, expiresAt: Instant, daysLeft: z.number().int() })).describe(
      'Within 60 days, the next first.',
    ),
    low: listOf(
      z.object({
        ...Where,
        adamId: z.string(),
        pricingParam: z.string(),
        assetName: z.string().nullable(),
        available: z.number().int(),
        total: z.number().int(),
        readAt: Instant,
        since: Instant.nullable().describe('When it was first read to be low.'),
      }),
    ).describe('By the thresholds that hold there, the fewest licenses first.'),
    changes: listOf(
      z.object({
        at: Instant,
        kind: z.enum(['added', 'renewed', 'removed', 'claim', 'broke', 'mended']),
        tokenId: Id.nullable(),
        organizationId: Id.nullable(),
        organizationName: z.string().nullable(),
        locationName: z.string(),
        text: z.string(),
        actor: z.string().nullable(),
      }),
    ).describe('Within the days asked for, the newest first. Not older than events are kept.'),
  })
  .meta({ id: 'Report' });
export type Report = z.output<typeof Report>;
