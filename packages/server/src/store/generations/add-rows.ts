import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { isTaken } from '../violations.ts';
import { namesOf, sameKey, unnestOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';
import { isOverridden } from './overridden.ts';

/**
 * Makes rows without values held as of the next generation, each once. Returns how many were not before, by the first column
 * of their keys. Rows that are held are only looked at: `on conflict` would lock them, and a lock is written to the disk.
 * Others may be there still: gone and kept for somebody who reads their generation, or let go of a moment ago by this
 * reading.
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
  // A question for each row, which the planner cannot turn into one about the whole table: it has no figures about a table
  // that filled a moment ago.
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
 * The same, and nearly twice as fast, where no row is expected to be there already: the key itself finds out, and no question
 * is asked for it. Null, and nothing written, when one is there, or a notification told something meanwhile.
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

/** Whether notifications told anything since the reading began, and whether rows are there that are not held any more. */
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
