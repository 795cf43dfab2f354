import type { Actor } from '../../../domain/event.ts';
import type { Mode } from '../../../domain/locations/claim.ts';
import { type BatchFile, judgeBatch, placeName, type TokenPlace } from '../../../domain/tokens/batch.ts';
import { AppError } from '../../../errors.ts';
import type { Deps } from '../../../ports/deps.ts';
import type { Tx } from '../../../ports/store.ts';
import type { BatchFileChange } from '../../../ports/tokens.ts';
import { openBatchOrRefuse } from './fill-batch.ts';

export interface BatchChange {
  mode?: Mode | undefined;
  takeOverFrom?: string | null | undefined;
  acceptOlder?: boolean | undefined;
  place?: TokenPlace | undefined;
  lookAgain?: boolean | undefined;
}

/**
 * Changes what is to be done with some files of a batch, or has Apple asked about them again.
 * Errors: batch.not-found, batch.ended, batch.file-not-found, batch.file-used, organization.not-found, policy.not-found.
 */
export async function changeBatchFiles(
  deps: Deps,
  input: { batchId: string; fileIds: readonly string[]; change: BatchChange },
): Promise<void> {
  await deps.store.write(async (tx) => {
    await openBatchOrRefuse(tx, input.batchId);
    const place = input.change.place === undefined ? undefined : await placeOrRefuse(tx, input.change.place);
    for (const file of await filesOrRefuse(tx, input)) {
      if (file.sealed === null || file.stage === 'confirmed') throw new AppError('batch.file-used', {});
      await tx.batches.setFile(file.id, file.stage, changeOf({ ...input.change, place }), deps.now());
    }
    if (input.change.lookAgain === true) await tx.jobs.workOnBatch(input.batchId);
  });
}

function changeOf({ mode, takeOverFrom, acceptOlder, place, lookAgain }: BatchChange): BatchFileChange {
  return {
    ...(mode !== undefined && { mode, takeOverFrom: takeOverFrom ?? null }),
    ...(acceptOlder !== undefined && { acceptOlder }),
    ...(place !== undefined && { place }),
    ...(lookAgain === true && { stage: 'waiting', problem: null, finding: null, tokenId: null, tokenVersion: null }),
  };
}

async function placeOrRefuse(tx: Tx, place: TokenPlace): Promise<TokenPlace> {
  const { organizationId, policyId } = place;
  if (organizationId === null) {
    const organizationName = placeName(place.organizationName, 'New organization');
    return {
      organizationId,
      organizationName,
      policyId: null,
      policyName: placeName(place.policyName, organizationName),
    };
  }
  const organization = await tx.organizations.byId(organizationId);
  if (organization === null) throw new AppError('organization.not-found', { organizationId });
  const known = { organizationId, organizationName: organization.name };
  if (policyId === null) return { ...known, policyId, policyName: placeName(place.policyName, organization.name) };
  const policy = (await tx.policies.tree(organizationId)).find(({ id }) => id === policyId);
  if (policy === undefined) throw new AppError('policy.not-found', { policyId });
  return { ...known, policyId, policyName: policy.name };
}

/**
 * Confirms the files that a person saw as ready. Those that aren't ready any more are left as they are.
 * Returns how many were confirmed. Errors: batch.not-found, batch.ended, batch.file-not-found, batch.nothing-confirmed.
 */
export async function confirmBatch(
  deps: Deps,
  input: { batchId: string; fileIds: readonly string[] },
  actor: Actor,
): Promise<number> {
  return deps.store.write(async (tx) => {
    await openBatchOrRefuse(tx, input.batchId);
    await filesOrRefuse(tx, input);
    const wanted = new Set(input.fileIds);
    const ready = judgeBatch(await tx.batches.files(input.batchId), deps.installationId).filter(
      ({ file, verdict }) => verdict === 'ready' && wanted.has(file.id),
    );
    if (ready.length === 0) throw new AppError('batch.nothing-confirmed', {});
    for (const { file } of ready) await tx.batches.confirm(file.id, actor, deps.now());
    await tx.jobs.workOnBatch(input.batchId);
    return ready.length;
  });
}

/** Forgets the files of a batch that aren't used. What is being carried out at this moment ends as it ends. */
export async function discardBatch(deps: Deps, batchId: string): Promise<void> {
  await deps.store.write(async (tx) => {
    if ((await tx.batches.byId(batchId)) === null) throw new AppError('batch.not-found', { batchId });
    await tx.batches.forget({ batchId }, deps.now());
  });
}

async function filesOrRefuse(
  tx: Tx,
  { batchId, fileIds }: { batchId: string; fileIds: readonly string[] },
): Promise<BatchFile[]> {
  const files = new Map((await tx.batches.files(batchId)).map((file) => [file.id, file]));
  return fileIds.map((id) => {
    const file = files.get(id);
    if (file === undefined) throw new AppError('batch.file-not-found', {});
    return file;
  });
}
