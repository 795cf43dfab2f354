import { type RenewalPreview, type ResponseOf, type Routes, routes } from '@winesap/api';
import { fileQuery } from './preview-renewal.ts';
import type { Session } from './session.ts';
import type { TokenFileInput } from './token-file-input.ts';

/** Puts the very file that was previewed in the place of the old one. Errors: preview.stale, and all of the file's. */
export async function saveRenewal(
  session: Session,
  file: TokenFileInput,
  preview: RenewalPreview,
  acceptOlder: boolean,
): Promise<ResponseOf<Routes['renewToken']>> {
  return await session.call(routes.renewToken, {
    params: { tokenId: preview.tokenId },
    query: {
      ...fileQuery(file),
      fingerprint: preview.file.fingerprint,
      tokenVersion: preview.tokenVersion,
      ...(acceptOlder && { acceptOlder: 'true' as const }),
    },
    body: file.bytes,
  });
}
