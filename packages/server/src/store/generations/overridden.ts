import { type RawBuilder, sql } from 'kysely';
import { sameKey } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';

/**
 * For rows under this alias, with all columns of the key: whether a notification changed the row since the reading
 * began.
 */
export function isOverridden<Key extends object, Row extends Key>(
  { key, overrides }: GenerationTable<Key, Row>,
  { begunAfter = null }: LockedGeneration,
  rows: string,
): RawBuilder<boolean> {
  const { table, number } = overrides;
  const since = number === undefined ? sql`` : sql`and ${sql.ref(`newer.${number}`)} > ${begunAfter}::bigint`;
  return sql<boolean>`exists (select from ${sql.table(table)} newer
    where newer.location_no = ${sql.ref(`${rows}.location_no`)} and ${sameKey(key, 'newer', rows)} ${since})`;
}
