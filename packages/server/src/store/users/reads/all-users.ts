import type { LocationUser } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';
import { readUsers, type UserFilter } from './users.ts';

/** Rows in one question to the database: some milliseconds. */
const PAGE = 1000;
/** So long nobody deletes what an export may still want to read; said again with every page. */
const KEPT_FOR = '2 minutes';

/** The users were read again while they were written out, and rows of the time before are gone. */
class UsersMoved extends Error {}

/**
 * Every user that matches as one reading has them: the one that is seen when this begins. Only users whom notifications
 * tell of meanwhile may be in it as they were or as they are. Throws UsersMoved when the rows were not kept for so long.
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
