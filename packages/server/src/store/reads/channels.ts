import type { Channel, Delivery } from '@winesap/api';
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { iso } from './apple-said.ts';

export async function readChannels(db: Kysely<Tables>): Promise<Channel[]> {
  const rows = await db
    .selectFrom('channels as c')
    .select(['c.id', 'c.kind', 'c.name', 'c.target', 'c.created_at', 'c.disabled_why'])
    .select((eb) => [
      eb
        .selectFrom('deliveries as d')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('d.channel_id', '=', 'c.id')
        .where('d.state', '=', 'waiting')
        .as('waiting'),
      eb
        .selectFrom('delivery_attempts as t')
        .innerJoin('deliveries as d', 'd.id', 't.delivery_id')
        .select((inner) =>
          inner.case().when('t.succeeded', '=', true).then(null).else(inner.ref('t.note')).end().as('failing'),
        )
        .whereRef('d.channel_id', '=', 'c.id')
        .orderBy('t.at', 'desc')
        .orderBy('d.number', 'desc')
        .limit(1)
        .as('failing'),
    ])
    .orderBy('c.name')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    target: row.target,
    createdAt: iso(row.created_at),
    disabledWhy: row.disabled_why,
    waiting: row.waiting ?? 0,
    failing: row.failing,
  }));
}

/** The newest deliveries of a channel, each with its attempts in order. */
export async function readDeliveries(db: Kysely<Tables>, channelId: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('channel_id', '=', channelId)
    .orderBy('number', 'desc')
    .limit(100)
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const attempts = await db
    .selectFrom('delivery_attempts')
    .selectAll()
    .where('delivery_id', 'in', ids)
    .orderBy('attempt')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.message.title,
    alerts: row.message.alerts.length,
    createdAt: iso(row.created_at),
    state: row.state,
    nextAt: row.state === 'waiting' ? iso(row.next_at) : null,
    attempts: attempts
      .filter(({ delivery_id }) => delivery_id === row.id)
      .map(({ attempt, at, succeeded, note }) => ({ attempt, at: iso(at), succeeded, note })),
  }));
}
