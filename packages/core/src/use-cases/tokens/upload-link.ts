import type { Actor } from '../../domain/event.ts';
import { DAY_MS, later } from '../../domain/instant.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { View } from '../../ports/store.ts';
import type { TokenRecord, UploadLink } from '../../ports/tokens.ts';
import { tokenEvent } from '../locations/token-event.ts';

/**
 * Creates an address for the one person who can download the file: one location, one upload, for some days. Returns its
 * secret, which is not stored and can't be shown again.
 */
export async function createUploadLink(
  deps: Deps,
  input: { tokenId: string; days: number; autoConfirm: boolean },
  actor: Actor,
): Promise<{ linkId: string; secret: string }> {
  const secret = deps.seal.makeSecret();
  const linkId = await deps.store.write(async (tx) => {
    const token = await tx.tokens.byId(input.tokenId);
    if (token === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
    const now = deps.now();
    const expiresAt = later(now, input.days * DAY_MS);
    const by = { createdBy: actor.name, createdById: actor.personId };
    const link = { tokenId: token.id, ...by, expiresAt, autoConfirm: input.autoConfirm };
    const id = await tx.uploads.addLink({ ...link, secretHash: deps.seal.fingerprint(secret) }, now);
    const until = expiresAt.toISOString().slice(0, 10);
    const text = `An upload link was made, good for one file until ${until}${input.autoConfirm ? '; a matching file renews at once' : ''}.`;
    await tx.events.append(
      tokenEvent(token, { level: 'info', code: 'upload-link.made', text, data: { linkId: id } }, actor),
      now,
    );
    return id;
  });
  return { linkId, secret };
}

export async function revokeUploadLink(
  deps: Deps,
  input: { tokenId: string; linkId: string },
  actor: Actor,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const link = await tx.uploads.linkById(input.linkId);
    const token = await tx.tokens.byId(input.tokenId);
    if (link === null || token === null || link.tokenId !== token.id) throw new AppError('upload-link.not-found', {});
    if (link.revokedAt !== null) return;
    await tx.uploads.revokeLink(link.id, deps.now());
    const event = {
      level: 'info',
      code: 'upload-link.revoked',
      text: 'An upload link was revoked.',
      data: { linkId: link.id },
    } as const;
    await tx.events.append(tokenEvent(token, event, actor), deps.now());
  });
}

/**
 * Returns the link and the token behind a secret. Guessed, expired, and revoked secrets are refused alike, so that
 * guessing reveals nothing; only the person who had the link learns that it was used.
 */
export async function openUploadLink(
  deps: Deps,
  { uploads, tokens }: Pick<View, 'uploads' | 'tokens'>,
  secret: string,
): Promise<{ link: UploadLink; token: TokenRecord }> {
  const link = await uploads.linkByHash(deps.seal.fingerprint(secret));
  if (link === null || link.revokedAt !== null || link.expiresAt.getTime() <= deps.now().getTime())
    throw new AppError('upload-link.not-valid', {});
  if (link.usedAt !== null) throw new AppError('upload-link.used', {});
  const token = await tokens.byId(link.tokenId);
  if (token === null) throw new AppError('upload-link.not-valid', {});
  return { link, token };
}
