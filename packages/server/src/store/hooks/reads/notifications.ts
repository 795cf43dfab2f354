import type { Notification, NotificationHealth } from '@winesap/api';
import { AppError, type AppleFailure, type Effect, effectWords, type HookOff, hookWords } from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import { appleSaid, iso } from '../../reads/apple-said.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Tables } from '../../tables.ts';

export interface HookSettings {
  base: string | null;
  off: HookOff | null;
}

/** Returns the state of a token's notifications. Null if the token doesn't exist. */
export async function readNotificationHealth(
  db: Kysely<Tables>,
  tokenId: string,
  settings: HookSettings,
  now: Date,
): Promise<NotificationHealth | null> {
  const token = await db
    .selectFrom('content_tokens as t')
    .innerJoin('locations as l', 'l.uid', 't.location_uid')
    .leftJoin('hooks as h', 'h.location_uid', 't.location_uid')
    .where('t.id', '=', tokenId)
    .where('t.removed_at', 'is', null)
    .select(['t.location_uid', 't.mode', 't.claim', 'l.name'])
    .select(['h.path', 'h.state', 'h.shown', 'h.shown_url', 'h.shown_types', 'h.shown_at', 'h.wanted_types'])
    .select(['h.failure', 'h.failed_at', 'h.next_try_at', 'h.refused', 'h.refused_at', 'h.received_at'])
    .select(['h.secret_at', 'h.next_mark', 'h.set_at'])
    .executeTakeFirst();
  if (token === undefined) return null;
  const inbox = await readInbox(db, token.location_uid);
  const isManaged = token.mode === 'manage' && token.claim === 'ours';
  const standing = !isManaged ? 'not-managed' : settings.base === null ? 'off' : (token.state ?? 'wanted');
  const url = settings.base === null || token.path === null ? null : settings.base + token.path;
  const types = token.shown === 'ours' ? (token.shown_types ?? []) : [];
  const missingTypes =
    standing === 'set' || standing === 'drifted'
      ? (token.wanted_types ?? []).filter((type) => !(token.shown_types ?? []).includes(type))
      : [];
  return {
    tokenId,
    state: standing,
    ...hookWords(standing, {
      off: settings.off,
      locationName: token.name ?? token.location_uid,
      shownUrl: token.shown_url,
      missingTypes: token.shown === 'ours' ? missingTypes : [],
      failure: token.failure as AppleFailure | null,
      url: url ?? '',
    }),
    url,
    shown: token.shown ?? 'nothing',
    shownUrl: token.shown_url,
    shownAt: iso(token.shown_at),
    types: [...types].sort(),
    missingTypes,
    lastReceivedAt: iso(inbox.last_received ?? token.received_at),
    lastProcessedAt: iso(inbox.last_processed),
    waiting: inbox.waiting,
    lagSeconds:
      inbox.oldest_waiting === null
        ? null
        : Math.max(0, Math.round((now.getTime() - inbox.oldest_waiting.getTime()) / 1000)),
    failed: inbox.failed,
    refused: Number(token.refused ?? 0),
    refusedAt: iso(token.refused_at),
    secretAt: token.set_at === null ? null : iso(token.secret_at),
    secretChanging: token.next_mark !== null,
    apple: token.failed_at === null ? null : appleSaid(token.failure, token.failed_at),
    nextTryAt: standing === 'not-managed' || standing === 'off' ? null : iso(token.next_try_at),
  };
}

async function readInbox(db: Kysely<Tables>, uId: string) {
  const { rows } = await sql<{
    last_received: Date | null;
    last_processed: Date | null;
    waiting: number;
    oldest_waiting: Date | null;
    failed: number;
  }>`
    select
      (select received_at from notifications where location_uid = ${uId} order by id desc limit 1) as last_received,
      (select max(processed_at) from (select processed_at from notifications where location_uid = ${uId}
        order by id desc limit 1000) as latest) as last_processed,
      (select count(*)::int from notifications
        where location_uid = ${uId} and processed_at is null and failure is null) as waiting,
      (select min(received_at) from notifications
        where location_uid = ${uId} and processed_at is null and failure is null) as oldest_waiting,
      (select count(*)::int from notifications where location_uid = ${uId} and failure is not null) as failed
    `.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('A count without a row.');
  return row;
}

export interface NotificationFilter {
  state?: Notification['state'] | undefined;
  type?: string | undefined;
}

/** Returns one page of a token's inbox, newest first. */
export async function readNotificationPage(
  db: Kysely<Tables>,
  tokenId: string,
  filter: NotificationFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ notifications: Notification[]; nextCursor: string | null }> {
  let query = selectOf(db, tokenId)
    .orderBy('n.id', 'desc')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) query = query.where('n.id', '<', parseCursor(page.cursor));
  if (filter.type !== undefined) query = query.where('n.type', '=', filter.type);
  if (filter.state === 'done') query = query.where('n.processed_at', 'is not', null);
  if (filter.state === 'failed') query = query.where('n.failure', 'is not', null);
  if (filter.state === 'waiting') query = query.where('n.processed_at', 'is', null).where('n.failure', 'is', null);
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    notifications: shown.map(notificationView),
    nextCursor: rows.length > page.limit && last !== undefined ? String(last.id) : null,
  };
}

export async function* readAllNotifications(
  db: Kysely<Tables>,
  tokenId: string,
  filter: NotificationFilter,
): AsyncGenerator<Notification> {
  yield* everyRow(async (page) => {
    const { notifications, nextCursor } = await readNotificationPage(db, tokenId, filter, page);
    return { rows: notifications, nextCursor };
  });
}

export async function readNotification(
  db: Kysely<Tables>,
  tokenId: string,
  id: number,
): Promise<(Notification & { body: string }) | null> {
  const row = await selectOf(db, tokenId).select('n.body').where('n.id', '=', id).executeTakeFirst();
  return row === undefined ? null : { ...notificationView(row), body: row.body };
}

function selectOf(db: Kysely<Tables>, tokenId: string) {
  return db
    .selectFrom('notifications as n')
    .where('n.location_uid', '=', (eb) =>
      eb.selectFrom('content_tokens').select('location_uid').where('id', '=', tokenId).where('removed_at', 'is', null),
    )
    .select(['n.id', 'n.notification_id', 'n.type', 'n.received_at', 'n.processed_at', 'n.effect', 'n.failure']);
}

function notificationView(row: {
  id: number;
  notification_id: string;
  type: string | null;
  received_at: Date;
  processed_at: Date | null;
  effect: unknown;
  failure: string | null;
}): Notification {
  const state = row.processed_at !== null ? 'done' : row.failure !== null ? 'failed' : 'waiting';
  return {
    id: String(row.id),
    notificationId: row.notification_id,
    type: row.type,
    state,
    receivedAt: iso(row.received_at),
    processedAt: iso(row.processed_at),
    text: TEXT[state] ?? effectWords(row.effect as Effect),
    effect: row.effect as Record<string, unknown> | null,
    failure: row.failure,
  };
}

const TEXT: Record<Notification['state'], string | null> = {
  waiting: 'Waits to be worked on.',
  failed: 'Couldn’t be processed. Replay it, or let the next scan find what changed.',
  done: null,
};

function parseCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new AppError('cursor.invalid', {});
  return Number(cursor);
}
