import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { AppleSaid } from './health.ts';

/** Reading a location from Apple. `total` is null until Apple has said how many there are. */
export const Scan = z
  .object({
    id: Id,
    tokenId: Id,
    reason: z.enum(['button', 'schedule', 'renewal', 'added', 'notification']),
    state: z
      .enum(['queued', 'running', 'succeeded', 'doubtful', 'failed'])
      .describe(
        'doubtful: Apple contradicted itself, or proof is missing. What is new is shown, and nothing is taken for gone.',
      ),
    queuedAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    seconds: z.number().nullable().describe('How long it took, or has taken so far. Null until it started.'),
    requests: z.number().int().describe('Requests sent to Apple so far.'),
    assets: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
    assignments: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
    users: z
      .object({ done: z.number().int(), total: z.number().int().nullable() })
      .nullable()
      .describe('Null where they were not asked for: a scan where nothing changed does so once a day.'),
    secondsLeft: z.number().int().nullable(),
    kind: z
      .enum(['full', 'changes'])
      .optional()
      .describe('Whether all was read, or only what changed since the last time. Absent until it succeeded.'),
    discrepancy: z
      .object({
        about: z.enum(['missing', 'holders', 'counts', 'list', 'users']),
        assets: z.number().int().describe('Assets it concerns.'),
        listed: z.number().int().nullable().describe('As many are listed, or came.'),
        counted: z.number().int().nullable().describe('As many are counted, or promised.'),
        text: z.string().describe('In words: “Apple lists 8 assignments of 1 asset but counts 10.”'),
      })
      .nullable()
      .describe('What doesn’t fit in a doubtful reading. Winesap asks again by itself.'),
    changes: z
      .object({
        assetsAdded: z.number().int(),
        assetsGone: z.number().int(),
        countsChanged: z.number().int(),
        assigned: z.number().int(),
        unassigned: z.number().int(),
        usersRegistered: z.number().int(),
        usersRetired: z.number().int(),
        usersChanged: z.number().int(),
        usersGone: z.number().int().describe('Apple lists them no more.'),
      })
      .nullable(),
    assetChanges: z
      .array(
        z.object({
          adamId: z.string(),
          pricingParam: z.string(),
          name: z.string().nullable(),
          text: z.string().describe('In words: “3 licenses of Keynote assigned elsewhere”.'),
        }),
      )
      .optional()
      .describe('What changed asset by asset, the first hundred. Absent while nothing is known.'),
    failure: z.object({ code: z.string(), text: z.string(), apple: AppleSaid.nullable() }).nullable(),
  })
  .meta({ id: 'Scan' });
export type Scan = z.output<typeof Scan>;

/** The progress of a scan in numbers; what changed and why it failed is in the scan itself. */
export const ScanProgress = Scan.pick({
  id: true,
  tokenId: true,
  reason: true,
  state: true,
  queuedAt: true,
  startedAt: true,
  finishedAt: true,
  seconds: true,
  requests: true,
  assets: true,
  assignments: true,
  users: true,
  secondsLeft: true,
}).meta({ id: 'ScanProgress' });
export type ScanProgress = z.output<typeof ScanProgress>;
