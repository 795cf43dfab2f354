import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { TOKEN_FILE } from '../route.ts';
import { FileName, Flag, Id, Name } from '../schemas/common.ts';
import { Batch, BatchSummary } from '../schemas/files/batch.ts';
import { Mode } from '../schemas/token.ts';

const tag = 'Batches';
const BatchParams = z.strictObject({ batchId: Id });
const FileIds = z.array(Id).min(1).max(2000);

export const batches = {
  listBatches: defineRoute('GET', '/api/batches', {
    access: 'admin',
    tag,
    summary: 'Batches of token files, newest first, for 90 days',
    query: z.strictObject({ open: Flag.optional().describe('true: only those that have not ended.') }),
    response: z.object({ batches: z.array(BatchSummary) }),
  }),
  openBatch: defineRoute('POST', '/api/batches', {
    access: 'admin',
    tag,
    summary: 'Begin a batch of token files',
    status: 201,
    response: BatchSummary,
  }),
  addBatchFile: defineRoute('POST', '/api/batches/{batchId}/files', {
    access: 'admin',
    tag,
    summary: 'Add a file; Apple is asked which location it opens',
    description:
      'The token is stored sealed and waits until a person confirms it. A file that isn’t a token is listed as a problem and not kept. One that is too big to be sent can be listed too: send no bytes, and its size.',
    status: 201,
    params: BatchParams,
    query: z.strictObject({
      fileName: FileName.optional(),
      size: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    }),
    body: TOKEN_FILE,
    response: z.object({ fileId: Id }),
    refusals: ['request.form', 'batch.not-found', 'batch.ended', 'batch.full'],
  }),
  getBatch: defineRoute('GET', '/api/batches/{batchId}', {
    access: 'admin',
    tag,
    summary: 'A batch: each file, what would be done with it, and what became of it',
    params: BatchParams,
    response: Batch,
    refusals: ['batch.not-found'],
  }),
  exportBatch: defineRoute('GET', '/api/batches/{batchId}/files.csv', {
    access: 'admin',
    tag,
    summary: 'The same as CSV',
    params: BatchParams,
    answers: 'csv',
    refusals: ['batch.not-found'],
  }),
  changeBatchFiles: defineRoute('PATCH', '/api/batches/{batchId}/files', {
    access: 'admin',
    tag,
    summary: 'Change what is to be done with some files, or have Apple asked again',
    params: BatchParams,
    body: z.strictObject({
      fileIds: FileIds,
      mode: Mode.optional(),
      takeOverFrom: z
        .string()
        .max(200)
        .optional()
        .describe('With mode=manage: the id of the claim that is knowingly taken over.'),
      acceptOlder: z.boolean().optional(),
      place: z
        .strictObject({
          organizationId: Id.nullable(),
          organizationName: Name,
          policyId: Id.nullable(),
          policyName: Name,
        })
        .optional(),
      lookAgain: z.boolean().optional(),
    }),
    response: Batch,
    refusals: [
      'batch.not-found',
      'batch.ended',
      'batch.file-not-found',
      'batch.file-used',
      'organization.not-found',
      'policy.not-found',
    ],
  }),
  confirmBatch: defineRoute('POST', '/api/batches/{batchId}/confirm', {
    access: 'admin',
    tag,
    summary: 'Add and renew with these files',
    description:
      'The server works on them; follow the batch. A file that isn’t ready any more is left as it is. No license changes.',
    status: 202,
    params: BatchParams,
    body: z.strictObject({ fileIds: FileIds }),
    response: Batch,
    refusals: ['batch.not-found', 'batch.ended', 'batch.file-not-found', 'batch.nothing-confirmed'],
  }),
  discardBatch: defineRoute('DELETE', '/api/batches/{batchId}', {
    access: 'admin',
    tag,
    summary: 'Forget the files that aren’t used; what became of the others stays',
    params: BatchParams,
    refusals: ['batch.not-found'],
  }),
};
