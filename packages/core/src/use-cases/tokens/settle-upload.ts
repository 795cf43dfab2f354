import type { Actor } from '../../domain/event.ts';
import { SealError } from '../../domain/seal-error.ts';
import { uploadPlace } from '../../domain/seal-place.ts';
import { encodeAscii } from '../../domain/utf8.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord, Upload } from '../../ports/tokens.ts';
import { openMarked } from '../locations/open-marked.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { previewRenewal, type RenewalPreview } from './preview-renewal.ts';
import { renewToken } from './renew-token.ts';

/** Previews a file that a customer uploaded, exactly like one that an admin drops. */
export async function previewUpload(deps: Deps, uploadId: string, signal?: Abort): Promise<RenewalPreview> {
  const { upload, bytes } = await openUpload(deps, uploadId);
  return previewRenewal(deps, { tokenId: upload.tokenId, bytes, fileName: upload.fileName }, signal);
}

/** Renews with the uploaded file if token and file are still what the preview showed. */
export async function confirmUpload(
  deps: Deps,
  input: { uploadId: string; expectedVersion: number; acceptOlder: boolean },
  actor: Actor,
  signal?: Abort,
): Promise<{ tokenId: string }> {
  const { upload, bytes } = await openUpload(deps, input.uploadId);
  const { tokenId, fileName, fingerprint } = upload;
  const { expectedVersion, acceptOlder } = input;
  await renewToken(deps, { tokenId, bytes, fileName, fingerprint, expectedVersion, acceptOlder }, actor, signal);
  await deps.store.write((tx) => tx.uploads.settle(upload.id, 'renewed', actor.name, deps.now()));
  return { tokenId };
}

/** Deletes the uploaded file. The link is used up; a new one can be made. */
export async function declineUpload(deps: Deps, uploadId: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const upload = await tx.uploads.byId(uploadId);
    if (upload === null) throw new AppError('upload.not-found', {});
    if (upload.state !== 'waiting') throw new AppError('upload.settled', { state: upload.state });
    const now = deps.now();
    await tx.uploads.settle(upload.id, 'declined', actor.name, now);
    const token: TokenRecord | null = await tx.tokens.byId(upload.tokenId);
    if (token === null) return;
    const text = `The file uploaded for ${nameOf(token)} was declined and forgotten.`;
    await tx.events.append(
      tokenEvent(token, { level: 'info', code: 'upload.declined', text, data: { uploadId } }, actor),
      now,
    );
  });
}

async function openUpload(deps: Deps, uploadId: string): Promise<{ upload: Upload; bytes: Uint8Array }> {
  const upload = await deps.store.read((view) => view.uploads.byId(uploadId));
  if (upload === null) throw new AppError('upload.not-found', {});
  if (upload.state !== 'waiting' || upload.sealed === null)
    throw new AppError('upload.settled', { state: upload.state });
  try {
    const text = await openMarked(deps.seal, upload.sealed, uploadPlace(upload.id), upload.fingerprint);
    return { upload, bytes: encodeAscii(text) };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new AppError('upload.locked', { reason: error.code }, { cause: error });
  }
}
