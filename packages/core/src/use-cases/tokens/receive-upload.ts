import type { Actor } from '../../domain/event.ts';
import { uploadPlace } from '../../domain/seal-place.ts';
import { judgeRenewal } from '../../domain/tokens/renewal.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { sideOf } from './preview-renewal.ts';
import { identify, openTokenFile } from './read-location.ts';
import { renewToken } from './renew-token.ts';
import { openUploadLink } from './upload-link.ts';

/** Strangers see the location's name and nothing else: no numbers, no dates. */
const FOR_CUSTOMERS = {
  'renewal.location-mismatch': 'upload.other-location',
  'renewal.same-file': 'upload.same-file',
  'renewal.older-file': 'upload.older-file',
} as const;

export type UploadOutcome = 'waiting' | 'renewed';

/**
 * Receives the file that a customer drops on the upload page. It is judged like any renewal. A refused file leaves the
 * link as it was, so that the customer can drop the right one next. A good file waits, sealed, for an admin, or renews
 * immediately if that was allowed.
 */
export async function receiveUpload(
  deps: Deps,
  input: { secret: string; bytes: Uint8Array; fileName: string | null },
  requestId: string,
  signal?: Abort,
): Promise<UploadOutcome> {
  const { link, token } = await deps.store.read((view) => openUploadLink(deps, view, input.secret));
  const file = openTokenFile(deps, input.bytes, input.fileName);
  const fresh = await identify(deps, deps.apple.openFile(file.text, token.identity.uId), file, signal);
  const verdict = judgeRenewal(sideOf(token), { ...fresh, fingerprint: file.fingerprint });
  if (verdict.verdict !== 'ready')
    throw new AppError(FOR_CUSTOMERS[verdict.code], {
      locationName: token.identity.locationName,
      fileLocationName: fresh.locationName,
    });

  const actor = { personId: null, name: `upload link of ${link.createdBy}`, requestId };
  const uploadId = deps.newId();
  const sealed = await deps.seal.seal(file.text, uploadPlace(uploadId));
  await deps.store.write(async (tx) => {
    // Checked again: of two files dropped at once, one is taken.
    await openUploadLink(deps, tx, input.secret);
    const now = deps.now();
    await tx.uploads.markUsed(link.id, now);
    const { name: fileName, fingerprint } = file;
    await tx.uploads.add({ id: uploadId, linkId: link.id, tokenId: token.id, fileName, sealed, fingerprint }, now);
    if (!link.autoConfirm) await tx.events.append(waitingEvent(token, uploadId, actor), now);
  });
  if (!link.autoConfirm) return 'waiting';

  const renewal = {
    tokenId: token.id,
    expectedVersion: token.version,
    fingerprint: file.fingerprint,
    acceptOlder: false,
  };
  try {
    await renewToken(deps, { ...renewal, bytes: input.bytes, fileName: file.name }, actor, signal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Apple is down, or the token was renewed in the meantime: the file is kept, and an admin decides.
    await deps.store.write((tx) => tx.events.append(waitingEvent(token, uploadId, actor), deps.now()));
    return 'waiting';
  }
  await deps.store.write((tx) => tx.uploads.settle(uploadId, 'renewed', actor.name, deps.now()));
  return 'renewed';
}

function waitingEvent(token: TokenRecord, uploadId: string, actor: Actor) {
  const text = `A fresh file for ${nameOf(token)} was uploaded and waits to be confirmed.`;
  return tokenEvent(token, { level: 'warning', code: 'upload.waiting', text, data: { uploadId } }, actor);
}
