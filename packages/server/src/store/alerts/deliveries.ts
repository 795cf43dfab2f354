import { type Deliveries, LONGEST_WAIT_MS, later } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

/** Longer than any one sending takes; whoever died while sending is followed by another after it. */
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
      // A time further away than anything is ever put off comes from a clock that was ahead: it counts as passed.
      const latest = later(now, LONGEST_WAIT_MS);
      const due = sql<boolean>`(next_at <= ${now}::timestamptz or next_at > ${latest}::timestamptz)`;
      // Who holds a channel is a matter between processes; the database's clock is the one they share.
      const free = sql<boolean>`(taken_until is null or taken_until <= clock_timestamp()
        or taken_until > clock_timestamp() + ${TAKEN_FOR})`;
      const channel = await trx
        .selectFrom('channels')
        .select(['id', 'kind', 'name', 'sealed', 'disabled_at'])
        .where(free)
        .where(sql<boolean>`not (id = any(${[...except]}::uuid[]))`)
        // A test is sent for itself, through a disabled channel too. Of the others the first has to be due: what comes
        // after it waits for it.
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
      // Another process sent it, and let the channel go, between the two statements.
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
        // Whoever took so long that another took over has no more say in when it is tried again.
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
