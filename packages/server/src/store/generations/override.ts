import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { allColumns, assignmentsOf, hasValues, keyText, namesOf, sameKey, unnestOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration, Move } from './generation-table.ts';
import { dropNext } from './put-next.ts';
import { addToSums } from './sums.ts';
import { afterwards, NO_VERSIONS, type Versions } from './versions.ts';

/**
 * Writes or removes rows, visible immediately; what a reading under way planned for them is void. Each key once;
 * `stored` contains their existing rows, by `keyText`. The caller has to record that the reading must leave them alone
 * from now on.
 */
export async function override<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  { no, generation }: LockedGeneration,
  stored: ReadonlyMap<string, Versions<Row>>,
  { put, taken }: { put: readonly Row[]; taken: readonly Key[] },
): Promise<void> {
  const fresh: Row[] = [];
  const known: Row[] = [];
  const dropped: Row[] = [];
  const moves: Move<Row>[] = [];
  const sums = { held: 0, coming: 0, going: 0 };
  const count = (row: Key, after: Row | null): Versions<Row> => {
    const versions = stored.get(keyText(table, row)) ?? NO_VERSIONS;
    const { now, ends, next } = versions;
    sums.held += (after === null ? 0 : 1) - (now === null ? 0 : 1);
    if (next !== null) sums.coming -= 1;
    if (ends) sums.going -= 1;
    moves.push({ now, before: afterwards(versions), after, atOnce: true });
    return versions;
  };
  for (const row of put) {
    const { now, ends, next } = count(row, row);
    if (next !== null) dropped.push(row);
    if (now === null) fresh.push(row);
    else if (ends || !table.isSame(now, row)) known.push(row);
  }
  const gone = taken.filter((key) => {
    const { now, next } = count(key, null);
    return now !== null || next !== null;
  });
  await dropNext(trx, table, { no, generation }, dropped);
  await insertNow(trx, table, { no, generation }, fresh);
  const isCounted = sql`known.location_no = ${no} and ${sameKey(table.key, 'known', 'told')}
    and (known.gone_in is null or known.gone_in > ${generation}::integer)`;
  if (known.length > 0)
    await sql`
      update ${sql.table(table.rows)} as known
      set ${sql.join([...assignmentsOf(table.values, 'told'), sql`gone_in = null`])}
      from ${unnestOf(allColumns(table), known)} as told (${namesOf(allColumns(table))}) where ${isCounted}`.execute(
      trx,
    );
  if (gone.length > 0)
    await sql`
      delete from ${sql.table(table.rows)} as known using ${unnestOf(table.key, gone)} as told (${namesOf(table.key)})
      where ${isCounted}`.execute(trx);
  await addToSums(trx, table, no, sums);
  await table.addToSums?.(trx, no, moves);
}

/**
 * A row of an earlier generation may still exist for a reader of that generation. If a key has one row, that row is
 * reused.
 */
async function insertNow<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  { no, generation }: Pick<LockedGeneration, 'no' | 'generation'>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const unique = hasValues(table) ? sql`${namesOf(table.key)}, seen_in` : namesOf(table.key);
  await sql`
    insert into ${sql.table(table.rows)} as known (location_no, seen_in, ${namesOf(allColumns(table))})
    select ${no}::integer, ${generation}::integer, * from ${unnestOf(allColumns(table), rows)}
    on conflict (location_no, ${unique}) do update set ${sql.join([
      ...assignmentsOf(table.values, 'excluded'),
      sql`seen_in = least(known.seen_in, excluded.seen_in), gone_in = null`,
    ])}`.execute(trx);
}
