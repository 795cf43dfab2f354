import { z } from 'zod';
import { Id, Instant } from '../common.ts';
import { TokenRef } from '../health.ts';
import { Identity, Mode } from '../token.ts';
import { IdentityRow } from './token-file.ts';

/** Where a new token goes. What has no id is created with it. */
export const TokenPlace = z
  .object({
    organizationId: Id.nullable().describe('Null: the organization of this name, created if there is none.'),
    organizationName: z.string(),
    policyId: Id.nullable().describe('Null: the policy of this name, created if there is none.'),
    policyName: z.string(),
  })
  .meta({ id: 'TokenPlace' });
export type TokenPlace = z.output<typeof TokenPlace>;

/** One of many token files: what it is, what would be done with it, and what became of it. Contains no secrets. */
export const BatchFile = z
  .object({
    id: Id,
    fileName: z.string().nullable(),
    bytes: z.number().int(),
    verdict: z
      .enum(['looking', 'ready', 'problem', 'working', 'done', 'failed', 'forgotten'])
      .describe(
        'looking: Apple is asked. ready: can be confirmed. working: confirmed. forgotten: the file is gone unused.',
      ),
    act: z.enum(['renew', 'add']).nullable().describe('Null until Apple has said which location the file opens.'),
    identity: Identity.nullable().describe('As Apple and the file say.'),
    token: TokenRef.nullable().describe('The token that this file renews or renewed, or that it became.'),
    expiredBefore: Instant.nullable().describe('When the token to renew expires or expired.'),
    changes: z.array(IdentityRow).describe('What differs from the stored identity besides the expiry date.'),
    licenses: z
      .object({ added: z.number().int(), gone: z.number().int(), changed: z.number().int() })
      .nullable()
      .describe('How the licenses differ from those stored.'),
    needsConsent: z.boolean().describe('The file expires earlier than the stored one: only with acceptOlder.'),
    acceptOlder: z.boolean(),
    place: TokenPlace.nullable().describe('For a new token.'),
    mode: Mode.nullable().describe('For a new token.'),
    takeOverFrom: z.string().nullable(),
    problem: z
      .object({ code: z.string(), title: z.string(), detail: z.string() })
      .nullable()
      .describe('Why it can’t be used, or why using it failed.'),
    canLookAgain: z.boolean().describe('Asking Apple once more may help.'),
  })
  .meta({ id: 'BatchFile' });
export type BatchFile = z.output<typeof BatchFile>;

/** Token files that a person gave together. The server works on them; files are forgotten a day after the last act. */
export const BatchSummary = z
  .object({
    id: Id,
    createdAt: Instant,
    createdBy: z.string(),
    state: z
      .enum(['looking', 'ready', 'working', 'ended'])
      .describe('ready: nothing happens until a person confirms, changes, or discards something.'),
    endedAt: Instant.nullable(),
    forgetsAt: Instant.nullable().describe('When unused files are forgotten; null once the batch has ended.'),
    counts: z.object({
      files: z.number().int(),
      looking: z.number().int(),
      ready: z.number().int(),
      problems: z.number().int(),
      working: z.number().int(),
      done: z.number().int(),
      failed: z.number().int(),
      forgotten: z.number().int(),
    }),
  })
  .meta({ id: 'BatchSummary' });
export type BatchSummary = z.output<typeof BatchSummary>;

export const Batch = BatchSummary.extend({ files: z.array(BatchFile) }).meta({ id: 'Batch' });
export type Batch = z.output<typeof Batch>;
