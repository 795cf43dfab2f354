import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { AppleSaid } from './health.ts';

/** The state of a location's notifications: what is set at Apple, what arrived, and what waits. */
export const NotificationHealth = z
  .object({
    tokenId: Id,
    state: z
      .enum(['off', 'not-managed', 'wanted', 'set', 'drifted', 'refused', 'released'])
      .describe('off: this Winesap has no public https address, or notifications are switched off.'),
    title: z.string(),
    nextStep: z.string().nullable(),
    url: z.string().nullable().describe('Our address for this location; null before there is one.'),
    shown: z
      .enum(['nothing', 'ours', 'moved', 'foreign'])
      .describe('Whose address Apple showed last; moved: ours, under another public address.'),
    shownUrl: z.string().nullable().describe('Of somebody else only the host.'),
    shownAt: Instant.nullable(),
    types: z.array(z.string()).describe('The kinds Apple is set to send.'),
    missingTypes: z.array(z.string()),
    lastReceivedAt: Instant.nullable(),
    lastProcessedAt: Instant.nullable(),
    waiting: z.number().int(),
    lagSeconds: z.number().int().nullable().describe('How long the oldest has waited; null when nothing waits.'),
    failed: z.number().int().describe('Could not be processed; they wait to be replayed by hand.'),
    refused: z.number().int().describe('Requests that did not carry the secret, ever.'),
    refusedAt: Instant.nullable(),
    secretAt: Instant.nullable().describe('Since when Apple has the present secret.'),
    secretChanging: z.boolean().describe('A new one is on its way to Apple; both are good meanwhile.'),
    apple: AppleSaid.nullable().describe('Why Apple did not take our address.'),
    nextTryAt: Instant.nullable(),
  })
  .meta({ id: 'NotificationHealth' });
export type NotificationHealth = z.output<typeof NotificationHealth>;

const NotificationState = z.enum(['waiting', 'done', 'failed']);

export const NotificationFilter = z.strictObject({
  state: NotificationState.optional(),
  type: z.string().max(100).optional(),
});

/** One of Apple's notifications, as stored in the inbox. */
export const Notification = z
  .object({
    id: z.string(),
    notificationId: z.string().describe('Apple’s; or a name made of the body where Apple gives none.'),
    type: z.string().nullable().describe('Apple’s word; null when the body could not be read.'),
    state: NotificationState,
    receivedAt: Instant,
    processedAt: Instant.nullable(),
    text: z.string().describe('What came of it.'),
    effect: z.record(z.string(), z.unknown()).nullable(),
    failure: z.string().nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.output<typeof Notification>;
