import type { LocationUser } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';
import { readUsers, type UserFilter } from './users.ts';

/** Rows per query, which takes some milliseconds. */
const PAGE = 1000;
/** How long rows that an export may still read are kept; renewed with every page. */
const KEPT_FOR = '2 minutes';

/** The users were read again during the export, and earlier rows are gone. */
class UsersMoved extends Error {}

/**
 * Yields every matching user from the generation that is visible when this begins. Only users whom notifications change
 * in the meantime may appear either as they were or as they are. Throws UsersMoved if the rows were not kept that long.
 */
export async function* readAllUsers(db: Kysely<Tables>, uId: string, filter: UserFilter): AsyncGenerator<LocationUser> {
  let begun: { no: number; generation: number; held: number } | undefined;
  let after = '';
  for (;;) {
    const { rows } = await sql<{ no: number; generation: number; held: number; lapsed: boolean }>`
      with before as (select location_no, wanted_until from user_readings
        where location_no = (select no from locations where uid = ${uId}) for no key update)
      update user_readings set wanted_until = now() + ${KEPT_FOR}::interval
      from before join locations on locations.no = before.location_no
      where user_readings.location_no = before.location_no
      returning no, user_readings.generation, locations.generation as held,
        coalesce(before.wanted_until, '-infinity') < now() as lapsed`.execute(db);
    const [now] = rows;
    if (now === undefined) return;
    if (begun !== undefined && now.generation !== begun.generation && now.lapsed) throw new UsersMoved();
    begun ??= now;
    const users = await readUsers(db, { ...begun, held: now.held }, filter, after, PAGE);
    yield* users;
    const last = users.at(-1);
    if (last === undefined || users.length < PAGE) return;
    after = last.clientUserId;
  }
}
