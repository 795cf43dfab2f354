import { type RenewalPreview, type ResponseOf, type Routes, routes } from '@winesap/api';
import type { TokenFileInput } from '../input/token-file-input.ts';
import type { Session } from '../session/session.ts';
import { fileQuery } from './preview-renewal.ts';

/** Replaces the old file with exactly the previewed one. Errors: preview.stale, and all of the file's. */
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
