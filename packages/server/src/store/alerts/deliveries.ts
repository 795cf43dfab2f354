import { type Deliveries, LONGEST_WAIT_MS, later } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

/** Longer than any delivery takes. If a process dies while sending, another one takes over after this. */
const TAKEN_FOR = sql`interval '2 minutes'`;

export function createDeliveries(trx: Transaction<Tables>): Deliveries {
  return {
    async insert(channelId, { kind, ...message }, now) {
      const { id } = await trx
        .insertInto('deliveries')
        .values({ channel_id: channelId, kind, message: JSON.stringify(message), created_at: now, next_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      await notifyLive(trx, { topic: 'channel', channelId });
      return id;
    },
    async takeNext(now, except) {
      // A time further away than the longest wait comes from a clock that was ahead: it counts as passed.
      const latest = later(now, LONGEST_WAIT_MS);
      const due = sql<boolean>`(next_at <= ${now}::timestamptz or next_at > ${latest}::timestamptz)`;
      // Several processes compete for a channel, so the shared clock of the database decides.
      const free = sql<boolean>`(taken_until is null or taken_until <= clock_timestamp()
        or taken_until > clock_timestamp() + ${TAKEN_FOR})`;
      const channel = await trx
        .selectFrom('channels')
        .select(['id', 'kind', 'name', 'sealed', 'disabled_at'])
        .where(free)
        .where(sql<boolean>`not (id = any(${[...except]}::uuid[]))`)
        // A test ignores everything else and works for a disabled channel, too. Among the others, the first one has to
        // be due: later ones wait for it.
        .where(
          sql<boolean>`(exists (select 1 from deliveries d
              where d.channel_id = channels.id and d.state = 'waiting' and d.kind = 'test' and ${due})
            or (disabled_at is null and (select ${due} from deliveries d
              where d.channel_id = channels.id and d.state = 'waiting' and d.kind <> 'test' order by d.number limit 1)))`,
        )
        .orderBy('taken_until', (order) => order.asc().nullsFirst())
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (channel === undefined) return null;
      const { disabled_at: disabledAt, ...sendThrough } = channel;
      const row = await trx
        .selectFrom('deliveries')
        .selectAll()
        .where('channel_id', '=', channel.id)
        .where('state', '=', 'waiting')
        .$if(disabledAt !== null, (query) => query.where('kind', '=', 'test'))
        .orderBy(sql`kind <> 'test'`)
        .orderBy('number')
        .limit(1)
        .executeTakeFirst();
      // Another process sent it and released the channel between the two statements.
      if (row === undefined) return this.takeNext(now, [...except, channel.id]);
      const attempt = row.attempts + 1;
      await trx
        .updateTable('channels')
        .set({ taken_until: sql<Date>`clock_timestamp() + ${TAKEN_FOR}` })
        .where('id', '=', channel.id)
        .execute();
      await trx.updateTable('deliveries').set({ attempts: attempt }).where('id', '=', row.id).execute();
      const message = { id: row.id, kind: row.kind, createdAt: row.created_at.toISOString(), ...row.message };
      return { id: row.id, channel: sendThrough, message, createdAt: row.created_at, attempt };
    },
    async settle({ id, channelId, attempt }, { state, note, nextAt }, now) {
      const row = await trx
        .updateTable('deliveries')
        .set(state === null ? { next_at: nextAt } : { state, settled_at: now })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        // A process so slow that another took over can no longer reschedule it.
        .$if(state === null, (query) => query.where('attempts', '=', attempt))
        .returning('attempts')
        .executeTakeFirst();
      if (row?.attempts === attempt)
        await trx.updateTable('channels').set({ taken_until: null }).where('id', '=', channelId).execute();
      const there = await trx.selectFrom('deliveries').select('id').where('id', '=', id).executeTakeFirst();
      // Its channel was deleted while it was under way.
      if (there === undefined) return;
      await trx
        .insertInto('delivery_attempts')
        .values({ delivery_id: id, attempt, at: now, succeeded: state === 'sent', note })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await notifyLive(trx, { topic: 'channel', channelId });
    },
    async hurry(channelId, now) {
      await trx
        .updateTable('deliveries')
        .set({ next_at: now })
        .where('channel_id', '=', channelId)
        .where('state', '=', 'waiting')
        .execute();
    },
    async deleteSettledBefore(instant) {
      const { numDeletedRows } = await trx
        .deleteFrom('deliveries')
        .where('settled_at', '<', instant)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
