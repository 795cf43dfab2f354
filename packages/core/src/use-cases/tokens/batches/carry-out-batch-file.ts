import type { Actor } from '../../../domain/event.ts';
import { type BatchFile, mayPass } from '../../../domain/tokens/batch.ts';
import { AppError } from '../../../errors.ts';
import type { Abort } from '../../../ports/abort.ts';
import type { Deps } from '../../../ports/deps.ts';
import type { BatchFileChange } from '../../../ports/tokens.ts';
import { addToken } from '../add-token.ts';
import { renewToken } from '../renew-token.ts';
import { openBatchFile } from './open-batch-file.ts';

/** Adds or renews with a confirmed file, in the name of the person who confirmed it. Returns what stores how that ended. */
export async function carryOutBatchFile(deps: Deps, file: BatchFile, signal?: Abort): Promise<() => Promise<void>> {
  try {
    const tokenId = (await usedAlready(deps, file)) ?? (await useOnceMore(() => use(deps, file, signal)));
    return () => end(deps, file, { stage: 'done', tokenId, sealed: null, problem: null });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'database.away') throw error;
    const problem = { code: error.code, data: error.data };
    return () => end(deps, file, { stage: 'failed', problem, ...(!mayPass(problem) && { sealed: null }) });
  }
}

/** Of two files that create the same organization at once, the second one finds it the next time. */
async function useOnceMore(use: () => Promise<string>): Promise<string> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof AppError) || !/^(organization|policy)\.exists$/.test(error.code)) throw error;
    return use();
  }
}

/** The rest of the batch may have been forgotten meanwhile: what happened is stored all the same. */
async function end(deps: Deps, { id }: BatchFile, change: BatchFileChange): Promise<void> {
  await deps.store.write(async (tx) => {
    const now = deps.now();
    if (await tx.batches.setFile(id, 'confirmed', change, now)) return;
    await tx.batches.setFile(id, 'forgotten', { ...change, sealed: null }, now);
  });
}

/** The process may have died between the use of the file and the note of it. */
async function usedAlready(deps: Deps, file: BatchFile): Promise<string | null> {
  const uId = file.finding?.identity.uId;
  if (uId === undefined) return null;
  const token = await deps.store.read((view) => view.tokens.byLocation(uId));
  return token !== null && token.fingerprint === file.fingerprint ? token.id : null;
}

async function use(deps: Deps, file: BatchFile, signal?: Abort): Promise<string> {
  const bytes = await openBatchFile(deps, file);
  const confirmer = await deps.store.read((view) => view.batches.confirmer(file.id));
  const actor: Actor = { personId: confirmer?.personId ?? null, name: confirmer?.name ?? 'Winesap', requestId: null };
  const given = { bytes, fileName: file.fileName, fingerprint: file.fingerprint ?? '' };
  if (file.finding?.before != null && file.tokenId !== null && file.tokenVersion !== null) {
    const { tokenId, tokenVersion: expectedVersion, acceptOlder } = file;
    await renewToken(deps, { ...given, tokenId, expectedVersion, acceptOlder }, actor, signal);
    return tokenId;
  }
  if (file.place === null || file.mode === null) throw new AppError('preview.stale', { reason: 'other-file' });
  const { place, mode, takeOverFrom } = file;
  const { tokenId } = await addToken(deps, { ...given, place, mode, takeOverFrom }, actor, signal);
  return tokenId;
}
