import type { Deliveries } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export function createDeliveries(trx: Transaction<Tables>): Deliveries {
  return {
    async insert(channelId, message, now) {
      const { id } = await trx
        .insertInto('deliveries')
        .values({ channel_id: channelId, message: JSON.stringify(message), created_at: now, next_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async takeNext(now, until) {
      const channel = await trx
        .selectFrom('channels')
        .select(['id', 'kind', 'name', 'sealed'])
        .where('disabled_at', 'is', null)
        .where((eb) => eb.or([eb('taken_until', 'is', null), eb('taken_until', '<=', now)]))
        // The head of the queue has to be due: what comes after it waits for it.
        .where(
          sql<boolean>`(select d.next_at <= ${now} from deliveries d
            where d.channel_id = channels.id and d.state = 'waiting' order by d.number limit 1)`,
        )
        .orderBy('taken_until', (order) => order.asc().nullsFirst())
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (channel === undefined) return null;
      const row = await trx
        .selectFrom('deliveries')
        .selectAll()
        .where('channel_id', '=', channel.id)
        .where('state', '=', 'waiting')
        .orderBy('number')
        .limit(1)
        .executeTakeFirstOrThrow();
      const attempt = row.attempts + 1;
      await trx.updateTable('channels').set({ taken_until: until }).where('id', '=', channel.id).execute();
      await trx.updateTable('deliveries').set({ attempts: attempt }).where('id', '=', row.id).execute();
      const message = { id: row.id, createdAt: row.created_at.toISOString(), ...row.message };
      return { id: row.id, channel, message, createdAt: row.created_at, attempt };
    },
    async settle({ id, channelId, attempt }, { state, note, nextAt }, now) {
      await trx.updateTable('channels').set({ taken_until: null }).where('id', '=', channelId).execute();
      const row = await trx
        .updateTable('deliveries')
        .set(state === null ? { next_at: nextAt } : { state, settled_at: now })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .returning('id')
        .executeTakeFirst();
      // Its channel was deleted while it was under way.
      if (row === undefined) return;
      await trx
        .insertInto('delivery_attempts')
        .values({ delivery_id: id, attempt, at: now, succeeded: state === 'sent', note })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}
