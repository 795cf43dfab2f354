import type { Identity } from '../../../domain/locations/identity.ts';
import {
  type BatchFile,
  countDifferences,
  mayPass,
  proposedMode,
  type StoredRefusal,
} from '../../../domain/tokens/batch.ts';
import { AppError } from '../../../errors.ts';
import type { Abort } from '../../../ports/abort.ts';
import type { Deps } from '../../../ports/deps.ts';
import type { BatchFileChange, TokenRecord } from '../../../ports/tokens.ts';
import { inspectTokenFile } from '../inspect-token-file.ts';
import { previewRenewal, type RenewalPreview } from '../preview-renewal.ts';
import { openBatchFile } from './open-batch-file.ts';
import { proposePlace } from './token-place.ts';

/**
 * Asks Apple which location a file opens. Returns what stores what using it would do, or why it can't be used: called in
 * the order of the files, so that the places of new tokens don't depend on who answers first.
 */
export async function lookAtBatchFile(deps: Deps, file: BatchFile, signal?: Abort): Promise<() => Promise<void>> {
  try {
    const bytes = await openBatchFile(deps, file);
    const { identity, heldBy } = await inspectTokenFile(deps, { bytes, fileName: file.fileName }, signal);
    if (heldBy === null) return () => storeNew(deps, file, identity);
    const input = { tokenId: heldBy.id, bytes, fileName: file.fileName };
    const renewal = renewalOf(heldBy, await previewRenewal(deps, input, signal));
    return () => store(deps, file, renewal);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'database.away') throw error;
    const change = refused({ code: error.code, data: error.data });
    return () => store(deps, file, change);
  }
}

async function storeNew(deps: Deps, file: BatchFile, identity: Identity): Promise<void> {
  const finding = { identity, before: null, needsConsent: false, licenses: null };
  await deps.store.write(async (tx) => {
    // Locked: two files are not proposed the same place.
    await tx.batches.byId(file.batchId);
    const place = file.place ?? (await proposePlace(tx, file.batchId, identity));
    const mode = file.mode ?? proposedMode(identity, deps.installationId);
    await tx.batches.setFile(file.id, 'waiting', { stage: 'looked', finding, place, mode }, deps.now());
  });
}

function renewalOf(token: TokenRecord, preview: RenewalPreview): BatchFileChange {
  const { verdict, dryRun, fresh } = preview;
  const finding = {
    identity: fresh,
    before: { identity: preview.token.identity, state: preview.token.state },
    needsConsent: verdict.verdict === 'needs-consent',
    licenses: dryRun.kind === 'read' ? countDifferences(dryRun.differences) : null,
  };
  const found = { finding, tokenId: token.id, tokenVersion: preview.token.version };
  if (verdict.verdict !== 'refused') return { ...found, stage: 'looked' };
  return { ...found, ...refused({ code: verdict.code, data: {} }) };
}

/** A file that can't ever be used is not kept. */
function refused(problem: StoredRefusal): BatchFileChange {
  return { stage: 'refused', problem, ...(!mayPass(problem) && { sealed: null }) };
}

async function store(deps: Deps, file: BatchFile, change: BatchFileChange): Promise<void> {
  await deps.store.write((tx) => tx.batches.setFile(file.id, 'waiting', change, deps.now()));
}
