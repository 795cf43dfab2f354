import type { Notifications, StoredNotification } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

const COLUMNS = ['id', 'location_uid', 'notification_id', 'type', 'body', 'received_at'] as const;

export function createNotifications(trx: Transaction<Tables>): Notifications {
  return {
    async insert(arrivals, now) {
      if (arrivals.length === 0) return 0;
      const inserted = await sql`
        insert into notifications (location_uid, notification_id, type, body, received_at)
        select location_uid, notification_id, type, body, ${now}::timestamptz from unnest(
          ${arrivals.map(({ uId }) => uId)}::text[],
          ${arrivals.map(({ notificationId }) => notificationId)}::text[],
          ${arrivals.map(({ type }) => type)}::text[],
          ${arrivals.map(({ body }) => body)}::text[]) with ordinality
          as arrived (location_uid, notification_id, type, body, number)
        order by number
        on conflict (location_uid, notification_id) do nothing`.execute(trx);
      return Number(inserted.numAffectedRows ?? 0n);
    },
    async waiting(uId, limit) {
      const rows = await trx
        .selectFrom('notifications')
        .select(COLUMNS)
        .where('location_uid', '=', uId)
        .where('processed_at', 'is', null)
        .where('failure', 'is', null)
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .execute();
      return rows.map(rowToNotification);
    },
    async locationsWaiting(before, limit) {
      const rows = await trx
        .selectFrom('notifications')
        .select('location_uid')
        .distinct()
        .where('processed_at', 'is', null)
        .where('failure', 'is', null)
        .where('received_at', '<=', before)
        .limit(limit)
        .execute();
      return rows.map(({ location_uid }) => location_uid);
    },
    async settle(results, now) {
      if (results.length === 0) return;
      await sql`
        update notifications set processed_at = ${now}, effect = done.effect::jsonb, logged = done.logged
        from unnest(
          ${results.map(({ id }) => id)}::bigint[],
          ${results.map(({ effect }) => JSON.stringify(effect))}::text[],
          ${results.map(({ logged }) => logged)}::boolean[]) as done (id, effect, logged)
        where notifications.id = done.id`.execute(trx);
      await sql`
        update hooks set received_at = greatest(received_at, (
          select max(received_at) from notifications where id = any(${results.map(({ id }) => id)}::bigint[])))
        where location_uid = (select location_uid from notifications where id = ${results[0]?.id ?? 0})`.execute(trx);
    },
    async fail(id, why) {
      await trx
        .updateTable('notifications')
        .set({ failure: why.slice(0, 500) })
        .where('id', '=', id)
        .where('processed_at', 'is', null)
        .execute();
    },
    async takeUnlogged(uId, limit) {
      const { rows } = await sql<{ effect: object }>`
        update notifications set logged = true where id in (
          select id from notifications where location_uid = ${uId} and processed_at is not null and not logged
          order by id limit ${limit} for update)
        returning effect`.execute(trx);
      return rows.map(({ effect }) => effect);
    },
    async byId(uId, id) {
      const row = await trx
        .selectFrom('notifications')
        .select([...COLUMNS, 'processed_at', 'failure'])
        .where('location_uid', '=', uId)
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (row === undefined) return null;
      const state = row.processed_at !== null ? 'done' : row.failure !== null ? 'failed' : 'waiting';
      return { ...rowToNotification(row), state };
    },
    async putBack(uId, ids) {
      const query = trx
        .updateTable('notifications')
        .set({ failure: null })
        .where('location_uid', '=', uId)
        .where('failure', 'is not', null);
      const result = await (ids === 'failed' ? query : query.where('id', 'in', ids)).executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
    async deleteProcessedBefore(instant) {
      const result = await trx
        .deleteFrom('notifications')
        .where('received_at', '<', instant)
        .where('processed_at', 'is not', null)
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

function rowToNotification(row: {
  id: number;
  location_uid: string;
  notification_id: string;
  type: string | null;
  body: string;
  received_at: Date;
}): StoredNotification {
  return {
    id: row.id,
    uId: row.location_uid,
    notificationId: row.notification_id,
    type: row.type,
    body: row.body,
    receivedAt: row.received_at,
  };
}
