import { z } from 'zod';
import { Id } from './common.ts';
import { ScanProgress } from './scan.ts';

/**
 * The messages of the live stream: IDs and progress in numbers. Texts come from the other routes, which check
 * permissions again. `hello` comes first, and again after every lost connection: read everything again then.
 */
export const StreamMessage = z
  .discriminatedUnion('topic', [
    z.object({ topic: z.literal('hello'), version: z.string() }),
    z.object({
      topic: z.literal('event'),
      eventId: z.string(),
      organizationId: Id.nullable(),
      policyId: Id.nullable(),
      tokenId: Id.nullable(),
    }),
    z.object({ topic: z.literal('scan'), scan: ScanProgress }),
    z.object({ topic: z.literal('release'), releaseId: Id, uId: z.string(), finished: z.boolean() }),
    z.object({ topic: z.literal('token'), tokenId: Id, policyId: Id, organizationId: Id }),
    z.object({ topic: z.literal('tree'), organizationId: Id }),
    z
      .object({ topic: z.literal('alert') })
      .describe('Alerts were opened, acknowledged or resolved, or a rule changed.'),
    z
      .object({ topic: z.literal('channel'), channelId: Id })
      .describe('A channel, or a delivery of it, is another one.'),
    z.object({ topic: z.literal('batch'), batchId: Id }).describe('Files of a batch, or what became of them.'),
  ])
  .meta({ id: 'StreamMessage' });
export type StreamMessage = z.output<typeof StreamMessage>;
