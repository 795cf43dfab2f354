import type { LocatedUpload, UploadLink, UploadWaiting } from '@winesap/api';
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

/** Returns the files that wait for a person, of all tokens, oldest first. */
export async function readWaitingUploads(db: Kysely<Tables>): Promise<LocatedUpload[]> {
  const rows = await db
    .selectFrom('uploads')
    .innerJoin('content_tokens', 'content_tokens.id', 'uploads.token_id')
    .innerJoin('organizations', 'organizations.id', 'content_tokens.organization_id')
    .innerJoin('policies', 'policies.id', 'content_tokens.policy_id')
    .innerJoin('locations', 'locations.uid', 'content_tokens.location_uid')
    .select(['uploads.id', 'uploads.token_id', 'uploads.file_name', 'uploads.uploaded_at'])
    .select(['content_tokens.organization_id', 'organizations.name as organization_name'])
    .select(['policies.id as policy_id', 'policies.name as policy_name', 'locations.name as location_name'])
    .where('uploads.state', '=', 'waiting')
    .where('content_tokens.removed_at', 'is', null)
    .orderBy('uploads.uploaded_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    tokenId: row.token_id,
    fileName: row.file_name,
    uploadedAt: iso(row.uploaded_at),
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    policyId: row.policy_id,
    policyName: row.policy_name,
    locationName: row.location_name,
  }));
}
