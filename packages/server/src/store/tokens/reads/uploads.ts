import type { UploadLink, UploadWaiting } from '@winesap/api';
import type { Kysely } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';

/** Returns the upload links of a token, newest first, and the files that wait. */
export async function readUploads(
  db: Kysely<Tables>,
  tokenId: string,
  now: Date,
): Promise<{ links: UploadLink[]; waiting: UploadWaiting[] }> {
  const links = await db
    .selectFrom('upload_links')
    .selectAll()
    .where('token_id', '=', tokenId)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
  const waiting = await db
    .selectFrom('uploads')
    .selectAll()
    .where('token_id', '=', tokenId)
    .where('state', '=', 'waiting')
    .orderBy('uploaded_at', 'desc')
    .execute();
  return {
    links: links.map((link) => ({
      id: link.id,
      createdAt: iso(link.created_at),
      createdBy: link.created_by,
      expiresAt: iso(link.expires_at),
      autoConfirm: link.auto_confirm,
      state:
        link.used_at !== null
          ? 'used'
          : link.revoked_at !== null
            ? 'revoked'
            : link.expires_at <= now
              ? 'expired'
              : 'open',
    })),
    waiting: waiting.map((upload) => ({
      id: upload.id,
      tokenId,
      fileName: upload.file_name,
      uploadedAt: iso(upload.uploaded_at),
    })),
  };
}
