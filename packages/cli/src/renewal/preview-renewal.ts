import { type RenewalPreview, routes } from '@winesap/api';
import type { TokenFileInput } from '../input/token-file-input.ts';
import type { Session } from '../session/session.ts';

/** Returns what renewing the token with this file would do. Nothing is stored. */
export async function previewRenewal(session: Session, tokenId: string, file: TokenFileInput): Promise<RenewalPreview> {
  return await session.call(routes.previewRenewal, {
    params: { tokenId },
    query: fileQuery(file),
    body: file.bytes,
  });
}

/** The file's name for the server's history; standard input has none. */
export function fileQuery(file: TokenFileInput): { fileName?: string } {
  return file.name === null ? {} : { fileName: file.name.slice(0, 255) };
}
