import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { AppleSaid } from './health.ts';
import { HolderKind } from './holder.ts';

/**
 * The release of one license. `planned`: recorded, not sent. `sent`: on its way, Apple has not answered. `accepted`:
 * Apple works on it. `done` and `failed` are final.
 */
export const Release = z
  .object({
    id: Id,
    tokenId: Id,
    uId: z.string(),
    adamId: z.string(),
    pricingParam: z.string(),
    assetName: z.string().nullable(),
    kind: HolderKind,
    holder: z.string(),
    state: z.enum(['planned', 'sent', 'accepted', 'done', 'failed']),
    text: z.string().describe('Where it stands, or how it ended and what to do next, in words.'),
    failure: z.object({ code: z.string(), apple: AppleSaid.nullable() }).nullable(),
    eventId: z.string().nullable().describe('Apple’s number of the event, once accepted.'),
    requestedAt: Instant,
    requestedBy: z.string(),
    sentAt: Instant.nullable(),
    acceptedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Release' });
export type Release = z.output<typeof Release>;

export const ReleaseFilter = z.strictObject({
  adamId: z.string().max(40).optional(),
  holder: z.string().max(400).optional(),
});
