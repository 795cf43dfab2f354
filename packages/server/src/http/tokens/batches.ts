import { AppError, addBatchFile, changeBatchFiles, confirmBatch, discardBatch, openBatch } from '@winesap/core';
import { countBatchStages, readBatch, readBatches, readBatchFiles } from '../../store/tokens/reads/batches.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { batchView, endedView } from './batch-view.ts';
import { BATCH_COLUMNS } from './columns.ts';

export function batchHandlers({ deps, db, now }: Context): HandlersOf<'batches'> {
  const seen = () => ({ installationId: deps.installationId, now: now() });
  const batch = async (batchId: string) => {
    const head = await readBatch(db, batchId);
    if (head === null) throw new AppError('batch.not-found', { batchId });
    return batchView(head, await readBatchFiles(db, batchId), seen());
  };
  const summary = async (batchId: string) => {
    const { files: _, ...rest } = await batch(batchId);
    return rest;
  };
  return {
    listBatches: async ({ query }) => {
      const heads = await readBatches(db, query);
      const stages = await countBatchStages(
        db,
        heads.filter(({ endedAt }) => endedAt !== null).map(({ id }) => id),
      );
      const views = heads.map((head) => {
        const ended = stages.get(head.id);
        return ended === undefined ? summary(head.id) : endedView(head, ended);
      });
      return { batches: await Promise.all(views) };
    },
    openBatch: async ({ actor }) => summary(await openBatch(deps, actor)),
    addBatchFile: async ({ params, query, body }) => ({
      fileId: await addBatchFile(deps, {
        batchId: params.batchId,
        bytes: body,
        size: query.size ?? null,
        fileName: query.fileName ?? null,
      }),
    }),
    getBatch: ({ params }) => batch(params.batchId),
    exportBatch: async ({ params, reply }) =>
      sendCsv(reply, 'files', BATCH_COLUMNS, (await batch(params.batchId)).files),
    changeBatchFiles: async ({ params, body }) => {
      const { fileIds, ...change } = body;
      await changeBatchFiles(deps, { batchId: params.batchId, fileIds, change });
      return batch(params.batchId);
    },
    confirmBatch: async ({ params, body, actor }) => {
      await confirmBatch(deps, { batchId: params.batchId, fileIds: body.fileIds }, actor);
      return batch(params.batchId);
    },
    discardBatch: ({ params }) => discardBatch(deps, params.batchId) as Promise<undefined>,
  };
}
