import {
  batchFilePlace,
  channelPlace,
  hookPlace,
  type SealCursor,
  type SealedText,
  type SealPlace,
  type Seals,
  tokenPlace,
  uploadPlace,
} from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

interface Row {
  kind: SealCursor['kind'];
  id: string;
  uid: string;
  sealed: string;
  mark: string | null;
}

const PLACES: Record<SealCursor['kind'], (row: Row) => SealPlace> = {
  batch_files: ({ id }) => batchFilePlace(id),
  channels: ({ id }) => channelPlace(id),
  content_tokens: ({ id, uid }) => tokenPlace(id, uid),
  hooks: ({ id }) => hookPlace(id),
  next_hooks: ({ id }) => hookPlace(id),
  uploads: ({ id }) => uploadPlace(id),
};

/** Every column that contains a sealed text. Add new ones here, or they are skipped when keys change. */
export function createSeals(trx: Transaction<Tables>): Seals {
  return {
    async list(after, limit) {
      const { rows } = await sql<Row>`
        select kind, id, uid, sealed, mark from (
          select 'channels' as kind, id::text as id, '' as uid, sealed, null as mark from channels
          union all
          select 'batch_files', id::text, '', sealed, fingerprint from batch_files where sealed is not null
          union all
          select 'content_tokens', id::text, location_uid, sealed, fingerprint from content_tokens where sealed is not null
          union all
          select 'hooks', location_uid, '', secret, secret_mark from hooks
          union all
          select 'next_hooks', location_uid, '', next_secret, next_mark from hooks where next_secret is not null
          union all
          select 'uploads', id::text, '', sealed, fingerprint from uploads where sealed is not null
        ) as everything
        where (kind, id) > (${after?.kind ?? ''}, ${after?.id ?? ''})
        order by kind, id
        limit ${limit}`.execute(trx);
      return rows.map((row): SealedText => {
        const { kind, id, sealed, mark } = row;
        return { place: PLACES[kind](row), sealed, mark, cursor: { kind, id } };
      });
    },
    async replace({ cursor: { kind, id }, sealed }, fresh) {
      const { numUpdatedRows } = await update(trx, kind, id, sealed, fresh);
      return numUpdatedRows === 1n;
    },
  };
}

/** Only while the text is still the one that was read. */
function update(trx: Transaction<Tables>, kind: SealCursor['kind'], id: string, before: string, fresh: string) {
  switch (kind) {
    case 'batch_files':
    case 'channels':
    case 'content_tokens':
    case 'uploads':
      return trx
        .updateTable(kind)
        .set({ sealed: fresh })
        .where('id', '=', id)
        .where('sealed', '=', before)
        .executeTakeFirst();
    case 'hooks':
      return trx
        .updateTable('hooks')
        .set({ secret: fresh })
        .where('location_uid', '=', id)
        .where('secret', '=', before)
        .executeTakeFirst();
    case 'next_hooks':
      return trx
        .updateTable('hooks')
        .set({ next_secret: fresh })
        .where('location_uid', '=', id)
        .where('next_secret', '=', before)
        .executeTakeFirst();
  }
}
