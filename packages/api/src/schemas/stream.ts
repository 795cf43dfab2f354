import { z } from 'zod';
import { Id } from './common.ts';
import { Event } from './event.ts';
import { Release } from './release.ts';
import { Scan } from './scan.ts';

/** What the live stream says. `hello` comes first, then again after every lost connection: read anew. */
export const StreamMessage = z
  .discriminatedUnion('topic', [
    z.object({ topic: z.literal('hello'), version: z.string() }),
    z.object({ topic: z.literal('event'), event: Event }),
    z.object({ topic: z.literal('scan'), scan: Scan }),
    z.object({ topic: z.literal('release'), release: Release }),
    z.object({ topic: z.literal('token'), tokenId: Id, policyId: Id, organizationId: Id }),
    z.object({ topic: z.literal('tree'), organizationId: Id }),
    z
      .object({ topic: z.literal('alert') })
      .describe('Alerts were opened, acknowledged or resolved, or a rule changed.'),
    z
      .object({ topic: z.literal('channel'), channelId: Id })
      .describe('A channel, or a delivery of it, is another one.'),
  ])
  .meta({ id: 'StreamMessage' });
export type StreamMessage = z.output<typeof StreamMessage>;
