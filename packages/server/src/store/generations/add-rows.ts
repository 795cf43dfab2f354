import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { isTaken } from '../violations.ts';
import { namesOf, sameKey, unnestOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';
import { isOverridden } from './overridden.ts';

/**
 * Adds rows without values to the next generation, each once. Returns how many were not held before, by the first
 * column of their keys. Held rows are only read: `on conflict` would lock them, and a lock is written to disk. Other
 * rows with the same keys may still exist: removed ones that are kept for a reader of their generation, or ones that
 * this reading removed a moment ago.
 */
export async function addRows<Key extends object>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key>,
  lock: LockedGeneration,
  found: readonly Key[],
): Promise<Map<number, number>> {
  const { no, generation } = lock;
  const { key } = table;
  const rows = sql.table(table.rows);
  const first = firstOf(table);
  const { newer, gone } = await oddRows(trx, table, no);
  // A lookup per row, which the planner can't turn into a scan of the whole table: it has no statistics about a table
  // that was just filled.
  const known = (what: RawBuilder<unknown>) => sql`(select ${what} from ${rows} known where known.location_no = ${no}
    and ${sameKey(key, 'known', 'read')})`;
  const back = sql`back as (
      update ${rows} set gone_in = null,
        seen_in = case when gone_in <= ${generation}::integer then ${generation + 1}::integer else seen_in end
      where ctid = any (array(select ${known(sql`ctid`)} from read)) and gone_in is not null
      returning ${first}, seen_in > ${generation}::integer as new),`;
  const { rows: added } = await sql<{ first: number; count: number }>`
    with read as (
      select * from (select ${no}::integer, * from ${unnestOf(key, found)}) as read (location_no, ${namesOf(key)})
      where ${newer ? sql`not ${isOverridden(table, lock, 'read')}` : sql`true`}),
    ${gone ? back : sql``}
    fresh as (
      insert into ${rows} (location_no, ${namesOf(key)}, seen_in)
      select *, ${generation + 1}::integer from read where ${known(sql`true`)} is null
      returning ${first}, true as new),
    added as (select * from fresh ${gone ? sql`union all select * from back` : sql``}),
    summed as (
      update ${sql.table(table.states.table)} set coming = coming + (select count(*)::integer from added where new),
        going = going - (select count(*)::integer from added where not new)
      where ${sql.ref(table.states.no)} = ${no} and exists (select from added))
    select ${first} as first, count(*)::integer as count from added where new group by ${first}`.execute(trx);
  return new Map(added.map((one) => [one.first, one.count]));
}

/**
 * Does the same nearly twice as fast if no row is expected to exist: the key itself detects conflicts, without a
 * lookup. Returns null and writes nothing if a row exists, or a notification arrived in the meantime.
 */
export async function addNewRows<Key extends object>(
  trx: Transaction<Tables>,
  { rows, key, states, overrides }: GenerationTable<Key>,
  { no, generation }: LockedGeneration,
  found: readonly Key[],
): Promise<number | null> {
  await sql`savepoint new_rows`.execute(trx);
  try {
    const added = await sql`
      with told as materialized (
        select exists (select from ${sql.table(overrides.table)} where location_no = ${no}) as something),
      summed as (
        update ${sql.table(states.table)} set coming = coming + ${found.length}::integer
        where ${sql.ref(states.no)} = ${no} and not (select something from told))
      insert into ${sql.table(rows)} (location_no, ${namesOf(key)}, seen_in)
      select ${no}::integer, *, ${generation + 1}::integer from ${unnestOf(key, found)}
      where not (select something from told)`.execute(trx);
    await sql`release savepoint new_rows`.execute(trx);
    return added.numAffectedRows === 0n ? null : found.length;
  } catch (error) {
    if (!isTaken(error, `${rows}_pkey`)) throw error;
    await sql`rollback to savepoint new_rows`.execute(trx);
    return null;
  }
}

/**
 * Returns whether notifications arrived since the reading began, and whether there are rows that are no longer held.
 */
async function oddRows<Key extends object>(
  trx: Transaction<Tables>,
  { rows: table, overrides }: GenerationTable<Key>,
  no: number,
): Promise<{ newer: boolean; gone: boolean }> {
  const { rows } = await sql<{ newer: boolean; gone: boolean }>`
    select exists (select from ${sql.table(overrides.table)} where location_no = ${no}) as newer,
      exists (select from ${sql.table(table)} where location_no = ${no} and gone_in is not null) as gone`.execute(trx);
  return rows[0] ?? { newer: true, gone: true };
}

function firstOf<Key extends object>({ key }: GenerationTable<Key>): RawBuilder<unknown> {
  const [column] = Object.values(key) as [string, string][];
  if (column === undefined) throw new Error('A key has columns.');
  return sql.ref(column[0]);
}
