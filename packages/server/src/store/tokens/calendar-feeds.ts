import type { CalendarFeeds } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { refuseGone } from '../violations.ts';

/** The precision of "last read". A finer one would cause a write for every read. */
const LAST_READ_WITHIN_MS = 15 * 60_000;

export function createCalendarFeeds(trx: Transaction<Tables>): CalendarFeeds {
  return {
    async add(feed, now) {
      const { id } = await refuseGone(
        trx
          .insertInto('calendar_feeds')
          .values({
            name: feed.name,
            organization_id: feed.organizationId,
            secret_hash: feed.secretHash,
            created_at: now,
            created_by: feed.createdBy,
            created_by_id: feed.createdById,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      return id;
    },
    async remove(id) {
      const row = await trx
        .deleteFrom('calendar_feeds')
        .where('id', '=', id)
        .returning(['id', 'name', 'organization_id'])
        .executeTakeFirst();
      return row === undefined ? null : { id: row.id, name: row.name, organizationId: row.organization_id };
    },
    async handOver(fromId, to) {
      const rows = await trx
        .updateTable('calendar_feeds')
        .set({ created_by: to.name, created_by_id: to.id })
        .where('created_by_id', '=', fromId)
        .returning(['id', 'name', 'organization_id'])
        .execute();
      return rows.map((row) => ({ id: row.id, name: row.name, organizationId: row.organization_id }));
    },
    async read(secretHash, now) {
      const row = await trx
        .selectFrom('calendar_feeds')
        .select(['id', 'name', 'organization_id', 'last_read_at'])
        .where('secret_hash', '=', secretHash)
        .executeTakeFirst();
      if (row === undefined) return null;
      if (row.last_read_at === null || now.getTime() - row.last_read_at.getTime() > LAST_READ_WITHIN_MS)
        await trx.updateTable('calendar_feeds').set({ last_read_at: now }).where('id', '=', row.id).execute();
      return { id: row.id, name: row.name, organizationId: row.organization_id };
    },
  };
}
