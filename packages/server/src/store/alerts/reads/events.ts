import type { Event, EventPage, EventSummary, Level, ReceiverType } from '@winesap/api';
import { AppError, SEVERITY, type TokenState } from '@winesap/core';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { appleSaid, iso } from '../../reads/apple-said.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Tables } from '../../tables.ts';

export interface EventFilter {
  receiverType?: ReceiverType | undefined;
  level?: Level | undefined;
  organizationId?: string | undefined;
  policyId?: string | undefined;
  tokenId?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Returns one page, newest first. The cursor is the ID of the last row, so that new events never shift the page. */
export async function readEventPage(
  db: Kysely<Tables>,
  filter: EventFilter,
  page: { limit: number; cursor?: string | undefined },
  keptDays: number,
): Promise<EventPage> {
  let query = filtered(selectEvents(db), filter)
    .orderBy('events.id', 'desc')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) query = query.where('events.id', '<', parseCursor(page.cursor));
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    events: shown.map(eventView),
    nextCursor: rows.length > page.limit && last !== undefined ? String(last.id) : null,
    keptDays,
  };
}

export async function readEvent(db: Kysely<Tables>, id: number): Promise<Event | null> {
  const row = await selectEvents(db).where('events.id', '=', id).executeTakeFirst();
  return row === undefined ? null : eventView(row);
}

/** Yields all pages of a filter, for exports; memory use stays constant. */
export async function* readAllEvents(db: Kysely<Tables>, filter: EventFilter, keptDays: number): AsyncGenerator<Event> {
  yield* everyRow(async (page) => {
    const { events, nextCursor } = await readEventPage(db, filter, page, keptDays);
    return { rows: events, nextCursor };
  });
}

export async function readEventSummary(
  db: Kysely<Tables>,
  filter: EventFilter,
  now: Date,
  keptDays: number,
): Promise<EventSummary> {
  const to = filter.to === undefined ? now : new Date(filter.to);
  const oldest = await filtered(db.selectFrom('events'), filter)
    .select([(eb) => eb.fn.min('events.at').as('at'), (eb) => eb.fn.countAll<number>().as('total')])
    .executeTakeFirst();
  const from = filter.from === undefined ? (oldest?.at ?? now) : new Date(filter.from);
  const bucketMinutes = bucketFor(to.getTime() - from.getTime(), keptDays);
  const seconds = bucketMinutes * 60;
  const bars = await filtered(db.selectFrom('events'), filter)
    .select([
      sql<number>`(floor(extract(epoch from events.at) / ${sql.lit(seconds)}) * ${sql.lit(seconds)})::bigint`.as(
        'bucket',
      ),
      sql<number>`count(*) filter (where level = 'error')::int`.as('error'),
      sql<number>`count(*) filter (where level = 'warning')::int`.as('warning'),
      sql<number>`count(*) filter (where level = 'info')::int`.as('info'),
    ])
    .groupBy('bucket')
    .orderBy('bucket')
    .execute();
  const receivers = await readReceivers(db, filter);
  return {
    total: Number(oldest?.total ?? 0),
    bucketMinutes,
    histogram: bars.map(({ bucket, ...counts }) => ({ at: new Date(Number(bucket) * 1000).toISOString(), ...counts })),
    receivers,
    tokensNotWorking: await countNotWorking(db, filter),
  };
}

async function readReceivers(db: Kysely<Tables>, filter: EventFilter): Promise<EventSummary['receivers']> {
  // What happened to a policy may concern a token, but is about the policy: one line for each.
  const tokenId = sql<string | null>`case when events.receiver_type = 'vpp-token' then events.token_id end`;
  const rows = await filtered(db.selectFrom('events'), filter)
    .leftJoin('content_tokens', (join) =>
      join.on('content_tokens.id', '=', tokenId).on('content_tokens.removed_at', 'is', null),
    )
    .select([
      tokenId.as('token_id'),
      'events.receiver_type',
      sql<string>`(array_agg(events.receiver_name order by events.id desc))[1]`.as('receiver_name'),
      sql<number>`count(*)::int`.as('events'),
      sql<number>`count(*) filter (where events.level = 'error')::int`.as('errors'),
      sql<TokenState | null>`max(content_tokens.state)`.as('state'),
    ])
    .groupBy([tokenId, 'events.receiver_type', sql`case when ${tokenId} is null then events.receiver_name end`])
    .execute();
  return rows
    .map((row) => ({
      tokenId: row.token_id,
      receiverType: row.receiver_type,
      receiverName: row.receiver_name,
      events: row.events,
      errors: row.errors,
      broken: row.state !== null && SEVERITY[row.state] === 'broken',
    }))
    .sort((a, b) => Number(b.broken) - Number(a.broken) || b.errors - a.errors || b.events - a.events)
    .slice(0, 50);
}

async function countNotWorking(db: Kysely<Tables>, filter: EventFilter): Promise<number> {
  const broken = (Object.keys(SEVERITY) as TokenState[]).filter((state) => SEVERITY[state] === 'broken');
  let query = db
    .selectFrom('content_tokens')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('removed_at', 'is', null)
    .where('state', 'in', broken);
  if (filter.organizationId !== undefined) query = query.where('organization_id', '=', filter.organizationId);
  if (filter.policyId !== undefined) query = query.where('policy_id', '=', filter.policyId);
  if (filter.tokenId !== undefined) query = query.where('id', '=', filter.tokenId);
  return Number((await query.executeTakeFirst())?.count ?? 0);
}

function selectEvents(db: Kysely<Tables>) {
  return db
    .selectFrom('events')
    .leftJoin('organizations', 'organizations.id', 'events.organization_id')
    .leftJoin('policies', 'policies.id', 'events.policy_id')
    .leftJoin('content_tokens', 'content_tokens.id', 'events.token_id')
    .selectAll('events')
    .select([
      'organizations.name as organization_name',
      'policies.name as policy_name',
      'content_tokens.removed_at as token_removed_at',
    ]);
}

type EventRow = Awaited<ReturnType<ReturnType<typeof selectEvents>['executeTakeFirstOrThrow']>>;

function eventView(row: EventRow): Event {
  return {
    id: String(row.id),
    at: iso(row.at),
    level: row.level,
    receiverType: row.receiver_type,
    receiverName: row.receiver_name,
    code: row.code,
    text: row.text,
    apple: appleSaid(row.failure, row.at),
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    policyId: row.policy_id,
    policyName: row.policy_name,
    tokenId: row.token_id,
    tokenRemoved: row.token_removed_at !== null,
    actor: row.actor_name,
    requestId: row.request_id,
    data: row.data,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's builder is invariant in its tables; only columns of `events` are named.
function filtered<Q extends SelectQueryBuilder<any, any, any>>(query: Q, filter: EventFilter): Q {
  let narrowed: SelectQueryBuilder<Tables, 'events', object> = query as never;
  if (filter.receiverType !== undefined) narrowed = narrowed.where('events.receiver_type', '=', filter.receiverType);
  if (filter.level !== undefined) narrowed = narrowed.where('events.level', '=', filter.level);
  if (filter.organizationId !== undefined)
    narrowed = narrowed.where('events.organization_id', '=', filter.organizationId);
  if (filter.policyId !== undefined) narrowed = narrowed.where('events.policy_id', '=', filter.policyId);
  if (filter.tokenId !== undefined) narrowed = narrowed.where('events.token_id', '=', filter.tokenId);
  if (filter.from !== undefined) narrowed = narrowed.where('events.at', '>=', new Date(filter.from));
  if (filter.to !== undefined) narrowed = narrowed.where('events.at', '<', new Date(filter.to));
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const like = `%${filter.q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    narrowed = narrowed.where((eb) =>
      eb.or([
        eb('events.text', 'ilike', like),
        eb('events.receiver_name', 'ilike', like),
        eb('events.code', 'ilike', like),
        eb(sql<string>`events.failure::text`, 'ilike', like),
      ]),
    );
  }
  return narrowed as unknown as Q;
}

/** Returns about sixty bars, of a natural width such as an hour or a day. */
function bucketFor(spanMs: number, keptDays: number): number {
  const minutes = Math.min(spanMs / 60_000, keptDays * 1440) / 60;
  return [1, 5, 15, 60, 180, 360, 720, 1440].find((width) => width >= minutes) ?? 1440;
}

function parseCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError('cursor.invalid', {});
  return Number(cursor);
}
