import { sql } from 'kysely';

/** Of rows that a query calls so, with all of the key: whether a notification told of this one since the reading began. */
export const NEWER = (rows: string) => sql<boolean>`exists (select from newer_assignments newer
  where newer.location_no = ${sql.ref(`${rows}.location_no`)} and newer.asset_no = ${sql.ref(`${rows}.asset_no`)}
    and newer.user_held = ${sql.ref(`${rows}.user_held`)} and newer.holder = ${sql.ref(`${rows}.holder`)})`;
