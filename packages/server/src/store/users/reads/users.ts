import type { HolderUser, LocationUser, UserList } from '@winesap/api';
import { isActive } from '@winesap/core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import { readCursor, writeCursor } from '../../reads/cursor.ts';
import type { Page } from '../../reads/page.ts';
import type { Tables } from '../../tables.ts';

export interface UserFilter {
  q?: string | undefined;
  status?: string | undefined;
  holding?: 'true' | 'false' | undefined;
}

/** The users of a location in one generation, and the visible generation of its assignments. */
export interface UserPlace {
  no: number;
  generation: number;
  held: number;
}

/** Returns a text after all texts with this prefix, in byte order. */
const LAST = '\u{10FFFF}';

/** Returns one page of a location's users, by clientUserId. */
export async function readUserPage(db: Kysely<Tables>, uId: string, filter: UserFilter, page: Page): Promise<UserList> {
  const [after] = page.cursor === undefined ? [''] : (readCursor(page.cursor, ['string']) as string[]);
  const { rows: places } = await sql<UserPlace & { held: number; readAt: Date | null }>`
    select no, coalesce(user_readings.generation, 0) as generation, locations.generation as held, read_at as "readAt"
    from locations left join user_readings on location_no = no where uid = ${uId}`.execute(db);
  const [place] = places;
  if (place === undefined) return { users: [], nextCursor: null, readAt: null, total: 0, byStatus: [] };
  const byStatus = await db
    .selectFrom('user_sums')
    .select(['status', 'held as users'])
    .where('location_no', '=', place.no)
    .where('held', '>', 0)
    .orderBy('held', 'desc')
    .orderBy('status')
    .execute();
  const rows = await readUsers(db, place, filter, after ?? '', page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    users: shown,
    nextCursor: rows.length > page.limit && last !== undefined ? writeCursor([last.clientUserId]) : null,
    readAt: iso(place.readAt),
    total: byStatus.reduce((sum, { users }) => sum + users, 0),
    byStatus,
  };
}

/**
 * Returns the next matching users, by clientUserId. The prefixes of a clientUserId and of an email address are two
 * ranges of two indexes, and each user's licenses are counted from an index, so that the size of the tables does not
 * matter.
 */
export async function readUsers(
  db: Kysely<Tables>,
  { no, generation, held }: UserPlace,
  { q = '', status, holding }: UserFilter,
  after: string,
  limit: number,
): Promise<LocationUser[]> {
  const holds = sql`select from assignments where location_no = ${no} and user_held and holder = client_user_id
    and assignments.seen_in <= ${held} and (assignments.gone_in is null or assignments.gone_in > ${held})`;
  const matches = (begins: RawBuilder<unknown>) => sql`(
    select client_user_id, status, email from users
    where location_no = ${no} and client_user_id > ${after} and ${begins}
      and seen_in <= ${generation} and (gone_in is null or gone_in > ${generation})
      ${status === undefined ? sql`` : sql`and status = ${status}`}
      ${holding === undefined ? sql`` : sql`and ${holding === 'true' ? sql`` : sql`not`} exists (${holds})`}
    order by client_user_id limit ${limit})`;
  const begin = sql`lower(${q}::text collate "C")`;
  const ranges =
    q === ''
      ? [sql`true`]
      : [sql`lower(client_user_id)`, sql`lower(email)`].map(
          (text) => sql`${text} >= ${begin} and ${text} < ${begin} || ${LAST}`,
        );
  const { rows } = await sql<Omit<LocationUser, 'isActive'>>`
    select client_user_id as "clientUserId", status, email,
      (select count(*)::integer from (${holds}) held) as licenses
    from (${sql.join(ranges.map(matches), sql` union `)}) found
    order by client_user_id limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, isActive: isActive(row) }));
}

/** Returns what is known about these users of a location. */
export async function readHolderUsers(
  db: Kysely<Tables>,
  locationNo: number,
  clientUserIds: readonly string[],
): Promise<Map<string, HolderUser>> {
  if (clientUserIds.length === 0) return new Map();
  const { rows } = await sql<HolderUser & { clientUserId: string }>`
    select client_user_id as "clientUserId", status, email
    from users join user_readings reading on reading.location_no = users.location_no
    where users.location_no = ${locationNo} and client_user_id = any(${[...clientUserIds]}::text[])
      and seen_in <= reading.generation and (gone_in is null or gone_in > reading.generation)`.execute(db);
  return new Map(rows.map(({ clientUserId, status, email }) => [clientUserId, { status, email }]));
}
