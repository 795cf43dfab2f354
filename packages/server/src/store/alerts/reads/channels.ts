import type { Channel, Delivery } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Tables } from '../../tables.ts';
import { parseNumber } from './alerts.ts';

/** Returns all channels, or the one with this ID. */
export async function readChannels(db: Kysely<Tables>, id?: string): Promise<Channel[]> {
  const rows = await db
    .selectFrom('channels as c')
    .select(['c.id', 'c.kind', 'c.name', 'c.target', 'c.timing', 'c.report', 'c.created_at'])
    .select(['c.disabled_at', 'c.disabled_why'])
    .select((eb) => [
      eb
        .selectFrom('deliveries as d')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('d.channel_id', '=', 'c.id')
        .where('d.state', '=', 'waiting')
        .as('waiting'),
      eb
        .selectFrom('pending_alerts as t')
        .select(sql<number>`count(distinct t.alert_id)::int`.as('n'))
        .whereRef('t.channel_id', '=', 'c.id')
        .as('held'),
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
    .$if(id !== undefined, (query) => query.where('c.id', '=', id ?? ''))
    .orderBy('c.name')
    .orderBy('c.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    // The API accepts no other values.
    kind: row.kind as Channel['kind'],
    name: row.name,
    target: row.target,
    timing: row.timing,
    report: row.report,
    createdAt: iso(row.created_at),
    disabledAt: iso(row.disabled_at),
    disabledWhy: row.disabled_why,
    waiting: row.waiting ?? 0,
    held: row.held ?? 0,
    failing: row.failing,
  }));
}

interface DeliveryQuery {
  state?: Delivery['state'] | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Returns one page of a channel's deliveries, newest first, each with its attempts in order. */
export async function readDeliveryPage(
  db: Kysely<Tables>,
  channelId: string,
  query: DeliveryQuery,
): Promise<{ deliveries: Delivery[]; nextCursor: string | null }> {
  // One statement, so that a delivery never shows an attempt without its outcome.
  let select = db
    .selectFrom('deliveries as d')
    .selectAll('d')
    .select(
      sql<StoredAttempt[]>`(select coalesce(json_agg(json_build_object('attempt', t.attempt, 'at', t.at,
          'succeeded', t.succeeded, 'note', t.note) order by t.attempt), '[]')
        from delivery_attempts t where t.delivery_id = d.id)`.as('tries'),
    )
    .where('channel_id', '=', channelId)
    .orderBy('number', 'desc')
    .limit(query.limit + 1);
  if (query.state !== undefined) select = select.where('state', '=', query.state);
  if (query.cursor !== undefined) select = select.where('number', '<', parseNumber(query.cursor));
  const rows = await select.execute();
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    deliveries: shown.map((row) => ({
      id: row.id,
      kind: row.kind,
      title: row.message.title,
      alerts: row.message.total,
      createdAt: iso(row.created_at),
      state: row.state,
      nextAt: row.state === 'waiting' ? iso(row.next_at) : null,
      attempts: row.tries.map(({ at, ...one }) => ({ ...one, at: iso(new Date(at)) })),
    })),
    nextCursor: rows.length > query.limit && last !== undefined ? String(last.number) : null,
  };
}

export function readAllDeliveries(
  db: Kysely<Tables>,
  channelId: string,
  filter: Pick<DeliveryQuery, 'state'>,
): AsyncGenerator<Delivery> {
  return everyRow(async (page) => {
    const { deliveries, nextCursor } = await readDeliveryPage(db, channelId, { ...filter, ...page });
    return { rows: deliveries, nextCursor };
  });
}

interface StoredAttempt {
  attempt: number;
  at: string;
  succeeded: boolean;
  note: string;
}
