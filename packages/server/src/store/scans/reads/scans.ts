import type { Scan } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { readCursor, writeCursor } from '../../reads/cursor.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Page } from '../../reads/page.ts';
import type { Tables } from '../../tables.ts';
import { scanView } from '../../tokens/reads/scan-view.ts';

/** Returns one page of a token's scans, newest first. */
export async function readScanPage(
  db: Kysely<Tables>,
  tokenId: string,
  page: Page,
  now: Date,
): Promise<{ scans: Scan[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('scans')
    .selectAll()
    .where('token_id', '=', tokenId)
    .orderBy('queued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1);
  if (page.cursor !== undefined) {
    const [at, id] = readCursor(page.cursor, ['string', 'string']);
    query = query.where(sql<boolean>`(queued_at, id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const rows = await query.execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    scans: shown.map((row) => scanView(row, now)),
    nextCursor:
      rows.length > page.limit && last !== undefined ? writeCursor([last.queued_at.toISOString(), last.id]) : null,
  };
}

export async function* readAllScans(db: Kysely<Tables>, tokenId: string, now: Date): AsyncGenerator<Scan> {
  yield* everyRow(async (page) => {
    const { scans, nextCursor } = await readScanPage(db, tokenId, page, now);
    return { rows: scans, nextCursor };
  });
}

/** Returns the last scans of a location, across its tokens. */
export async function readLastScans(db: Kysely<Tables>, uId: string, limit: number, now: Date): Promise<Scan[]> {
  const rows = await db
    .selectFrom('scans')
    .selectAll()
    .where('location_uid', '=', uId)
    .orderBy('queued_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => scanView(row, now));
}
