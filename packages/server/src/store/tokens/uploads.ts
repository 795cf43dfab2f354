import type { Upload, UploadLink, Uploads } from '@winesap/core';
import type { Selectable, Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { RowLocks } from '../row-locks.ts';
import type { Tables } from '../tables.ts';
import { refuseGone } from '../violations.ts';

export function createUploads(trx: Transaction<Tables>, locks: RowLocks = 'held'): Uploads {
  const notifyToken = async (tokenId: string) => {
    const row = await trx
      .selectFrom('content_tokens')
      .select(['policy_id', 'organization_id'])
      .where('id', '=', tokenId)
      .executeTakeFirst();
    if (row?.policy_id)
      await notifyLive(trx, { topic: 'token', tokenId, policyId: row.policy_id, organizationId: row.organization_id });
  };
  return {
    async addLink(link, now) {
      const { id } = await refuseGone(
        trx
          .insertInto('upload_links')
          .values({
            token_id: link.tokenId,
            secret_hash: link.secretHash,
            auto_confirm: link.autoConfirm,
            created_at: now,
            created_by: link.createdBy,
            created_by_id: link.createdById,
            expires_at: link.expiresAt,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      await notifyToken(link.tokenId);
      return id;
    },
    async linkByHash(secretHash) {
      const row = await trx
        .selectFrom('upload_links')
        .selectAll()
        .where('secret_hash', '=', secretHash)
        .$if(locks === 'held', (rows) => rows.forUpdate())
        .executeTakeFirst();
      return row === undefined ? null : rowToLink(row);
    },
    async linkById(id) {
      const row = await trx.selectFrom('upload_links').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : rowToLink(row);
    },
    async revokeLink(id, now) {
      const row = await trx
        .updateTable('upload_links')
        .set({ revoked_at: now })
        .where('id', '=', id)
        .returning('token_id')
        .executeTakeFirst();
      if (row !== undefined) await notifyToken(row.token_id);
    },
    async handOver(fromId, to, now) {
      const rows = await trx
        .updateTable('upload_links')
        .set({ created_by: to.name, created_by_id: to.id })
        .where('created_by_id', '=', fromId)
        .where('used_at', 'is', null)
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', now)
        .returning(['id', 'token_id'])
        .execute();
      for (const row of rows) await notifyToken(row.token_id);
      return rows.map((row) => ({ id: row.id, tokenId: row.token_id }));
    },
    async markUsed(id, now) {
      await trx.updateTable('upload_links').set({ used_at: now }).where('id', '=', id).execute();
    },
    async add(upload, now) {
      await trx
        .insertInto('uploads')
        .values({
          id: upload.id,
          link_id: upload.linkId,
          token_id: upload.tokenId,
          file_name: upload.fileName,
          sealed: upload.sealed,
          fingerprint: upload.fingerprint,
          state: 'waiting',
          uploaded_at: now,
        })
        .execute();
      await notifyToken(upload.tokenId);
    },
    async byId(id) {
      const row = await trx
        .selectFrom('uploads')
        .selectAll()
        .where('id', '=', id)
        .$if(locks === 'held', (rows) => rows.forUpdate())
        .executeTakeFirst();
      return row === undefined ? null : rowToUpload(row);
    },
    async settle(id, state, by, now) {
      const row = await trx
        .updateTable('uploads')
        .set({ state, sealed: null, settled_at: now, settled_by: by })
        .where('id', '=', id)
        .returning('token_id')
        .executeTakeFirst();
      if (row !== undefined) await notifyToken(row.token_id);
    },
    async declineWaiting(which, by, now) {
      const result = await trx
        .updateTable('uploads')
        .set({ state: 'declined', sealed: null, settled_at: now, settled_by: by })
        .where('state', '=', 'waiting')
        .where((eb) => ('tokenId' in which ? eb('token_id', '=', which.tokenId) : eb('uploaded_at', '<', which.before)))
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}

function rowToLink(row: Selectable<Tables['upload_links']>): UploadLink {
  return {
    id: row.id,
    tokenId: row.token_id,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    autoConfirm: row.auto_confirm,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  };
}

function rowToUpload(row: Selectable<Tables['uploads']>): Upload {
  return {
    id: row.id,
    linkId: row.link_id,
    tokenId: row.token_id,
    fileName: row.file_name,
    sealed: row.sealed,
    fingerprint: row.fingerprint,
    state: row.state,
  };
}
