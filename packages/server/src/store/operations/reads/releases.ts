import type { Release } from '@winesap/api';
import { type ReleaseFailure, releaseFailureWords } from '@winesap/core';
import { type Kysely, type Selectable, sql } from 'kysely';
import { appleSaid, iso } from '../../reads/apple-said.ts';
import { readCursor, writeCursor } from '../../reads/cursor.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Page } from '../../reads/page.ts';
import type { Tables } from '../../tables.ts';

export async function readRelease(db: Kysely<Tables>, id: string): Promise<Release | null> {
  const row = await db.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : releaseView(row);
}

export interface ReleaseFilter {
  adamId?: string | undefined;
  holder?: string | undefined;
}

/** Returns the newest hundred of a location. */
export async function readReleases(db: Kysely<Tables>, uId: string, filter: ReleaseFilter): Promise<Release[]> {
  return (await readReleasePage(db, uId, filter, { limit: 100 })).rows;
}

export function readAllReleases(db: Kysely<Tables>, uId: string, filter: ReleaseFilter): AsyncGenerator<Release> {
  return everyRow((page) => readReleasePage(db, uId, filter, page));
}

async function readReleasePage(db: Kysely<Tables>, uId: string, filter: ReleaseFilter, page: Page) {
  let query = db
    .selectFrom('releases')
    .selectAll()
    .where('location_uid', '=', uId)
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (filter.adamId !== undefined) query = query.where('adam_id', '=', filter.adamId);
  if (filter.holder !== undefined) query = query.where('holder', '=', filter.holder);
  if (page.cursor !== undefined) {
    const [at, id] = readCursor(page.cursor, ['string', 'string']);
    query = query.where(sql<boolean>`(requested_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(releaseView),
    nextCursor:
      rows.length > page.limit && last !== undefined ? writeCursor([last.requested_at.toISOString(), last.id]) : null,
  };
}

function releaseView(row: Selectable<Tables['releases']>): Release {
  const code = row.failure_code as ReleaseFailure | null;
  return {
    id: row.id,
    tokenId: row.token_id,
    uId: row.location_uid,
    adamId: row.adam_id,
    pricingParam: row.pricing_param,
    assetName: row.asset_name === row.adam_id ? null : row.asset_name,
    kind: row.user_held ? 'user' : 'device',
    holder: row.holder,
    state: row.state,
    text: code === null ? textOf(row) : releaseFailureWords(code),
    failure: code === null ? null : { code, apple: appleSaid(row.failure, row.finished_at ?? row.requested_at) },
    eventId: row.event_id,
    requestedAt: iso(row.requested_at),
    requestedBy: row.requested_by,
    sentAt: iso(row.sent_at),
    acceptedAt: iso(row.accepted_at),
    finishedAt: iso(row.finished_at),
  };
}

/** Apple objected, and its list has not settled that yet. */
function textOf({ state, failure }: Selectable<Tables['releases']>): string {
  if (failure === null || (state !== 'sent' && state !== 'accepted')) return STATE_TEXT[state];
  return 'Apple’s answer doesn’t say whether it was done. Winesap is reading whether the license is still assigned.';
}

const STATE_TEXT: Record<Release['state'], string> = {
  planned: 'About to be sent to Apple.',
  sent: 'Sent to Apple; waiting for its answer.',
  accepted: 'Apple has taken it on; waiting until it is done.',
  done: 'Released. The license is free again.',
  failed: 'Not released.',
};
