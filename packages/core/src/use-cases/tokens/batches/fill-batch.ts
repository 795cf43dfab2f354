import type { Actor } from '../../../domain/event.ts';
import { batchFilePlace } from '../../../domain/seal-place.ts';
import { MOST_BATCH_FILES } from '../../../domain/tokens/batch.ts';
import { MAX_TOKEN_FILE_BYTES } from '../../../domain/tokens/token-file.ts';
import { AppError } from '../../../errors.ts';
import type { Deps } from '../../../ports/deps.ts';
import type { Tx } from '../../../ports/store.ts';
import type { Batch } from '../../../ports/tokens.ts';
import { openTokenFile, type ReadFile } from '../read-location.ts';

/** Begins a batch of token files. Returns its ID. */
export function openBatch(deps: Deps, actor: Actor): Promise<string> {
  return deps.store.write((tx) => tx.batches.insert(actor, deps.now()));
}

/**
 * Adds a file to a batch. A token is sealed and waits until Apple is asked about it; anything else is listed as refused
 * and not kept. `size` is the size of a file that is too big to be sent.
 * Errors: batch.not-found, batch.ended, batch.full.
 */
export async function addBatchFile(
  deps: Deps,
  input: { batchId: string; bytes: Uint8Array; size: number | null; fileName: string | null },
): Promise<string> {
  const id = deps.newId();
  const read = readFile(deps, input);
  const file = read instanceof AppError ? null : read;
  const sealed = file === null ? null : await deps.seal.seal(file.text, batchFilePlace(id));
  await deps.store.write(async (tx) => {
    await openBatchOrRefuse(tx, input.batchId);
    if ((await tx.batches.countFiles(input.batchId)) >= MOST_BATCH_FILES)
      throw new AppError('batch.full', { most: MOST_BATCH_FILES });
    await tx.batches.addFile(
      {
        id,
        batchId: input.batchId,
        fileName: input.fileName,
        bytes: input.size ?? input.bytes.length,
        sealed,
        fingerprint: file?.fingerprint ?? null,
        stage: file === null ? 'refused' : 'waiting',
        problem: read instanceof AppError ? { code: read.code, data: read.data } : null,
      },
      deps.now(),
    );
    if (file !== null) await tx.jobs.workOnBatch(input.batchId);
  });
  return id;
}

function readFile(
  deps: Deps,
  { bytes, size, fileName }: { bytes: Uint8Array; size: number | null; fileName: string | null },
): ReadFile | AppError {
  if (size !== null && size > MAX_TOKEN_FILE_BYTES)
    return new AppError('token-file.too-big', { bytes: size, fileName });
  try {
    return openTokenFile(deps, bytes, fileName);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Returns the batch if files can still be added to it and used. */
export async function openBatchOrRefuse(tx: Tx, batchId: string): Promise<Batch> {
  const batch = await tx.batches.byId(batchId);
  if (batch === null) throw new AppError('batch.not-found', { batchId });
  if (batch.endedAt !== null) throw new AppError('batch.ended', {});
  return batch;
}
