import { SealError } from '../../../domain/seal-error.ts';
import { batchFilePlace } from '../../../domain/seal-place.ts';
import type { BatchFile } from '../../../domain/tokens/batch.ts';
import { encodeAscii } from '../../../domain/utf8.ts';
import { AppError } from '../../../errors.ts';
import type { Deps } from '../../../ports/deps.ts';
import { openMarked } from '../../locations/open-marked.ts';

/** Returns the file as it was given. Errors: batch.file-used if it is gone, batch.file-locked if no key opens it. */
export async function openBatchFile(deps: Pick<Deps, 'seal'>, file: BatchFile): Promise<Uint8Array> {
  if (file.sealed === null || file.fingerprint === null) throw new AppError('batch.file-used', {});
  try {
    return encodeAscii(await openMarked(deps.seal, file.sealed, batchFilePlace(file.id), file.fingerprint));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new AppError('batch.file-locked', { reason: error.code }, { cause: error });
  }
}
