import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { allColumns, assignmentsOf, keyText, namesOf, sameKey, unnestOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration, Move } from './generation-table.ts';
import { addToSums } from './sums.ts';
import { afterwards, NO_VERSIONS, type Versions } from './versions.ts';

/**
 * Writes what the next generation has for rows with values, or that it no longer has them; each key once. `stored`
 * contains their existing rows, by `keyText`. Unchanged rows are not written.
 */
export async function putNext<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  { no, generation }: LockedGeneration,
  stored: ReadonlyMap<string, Versions<Row>>,
  { put, taken }: { put: readonly Row[]; taken: readonly Key[] },
): Promise<void> {
  const come: Row[] = [];
  const dropped: Key[] = [];
  const ending: Key[] = [];
  const staying: Key[] = [];
  const moves: Move<Row>[] = [];
  let fresh = 0;
  for (const row of put) {
    const versions = stored.get(keyText(table, row)) ?? NO_VERSIONS;
    const { now, ends, next } = versions;
    const before = afterwards(versions);
    if (before !== null && table.isSame(before, row)) continue;
    if (now !== null && table.isSame(now, row)) {
      if (next !== null) dropped.push(row);
      if (ends) staying.push(row);
    } else {
      if (now !== null && !ends) ending.push(row);
      if (next === null) fresh += 1;
      come.push(row);
    }
    moves.push({ now, before, after: row, atOnce: false });
  }
  for (const key of taken) {
    const versions = stored.get(keyText(table, key)) ?? NO_VERSIONS;
    const { now, ends, next } = versions;
    const before = afterwards(versions);
    if (before === null) continue;
    if (next !== null) dropped.push(key);
    if (now !== null && !ends) ending.push(key);
    moves.push({ now, before, after: null, atOnce: false });
  }
  const rows = sql.table(table.rows);
  const mark = (keys: readonly Key[], goneIn: number | null) => sql`
    update ${rows} as known set gone_in = ${goneIn}::integer from ${unnestOf(table.key, keys)} as named (${namesOf(table.key)})
    where known.location_no = ${no} and ${sameKey(table.key, 'known', 'named')} and known.seen_in <= ${generation}::integer
      and (known.gone_in is null or known.gone_in > ${generation}::integer)`;
  if (come.length > 0)
    await sql`
      insert into ${rows} (location_no, seen_in, ${namesOf(allColumns(table))})
      select ${no}::integer, ${generation + 1}::integer, * from ${unnestOf(allColumns(table), come)}
      on conflict (location_no, ${namesOf(table.key)}, seen_in)
        do update set ${sql.join(assignmentsOf(table.values, 'excluded'))}`.execute(trx);
  await dropNext(trx, table, { no, generation }, dropped);
  if (ending.length > 0) await mark(ending, generation + 1).execute(trx);
  if (staying.length > 0) await mark(staying, null).execute(trx);
  await addToSums(trx, table, no, { coming: fresh - dropped.length, going: ending.length - staying.length });
  await table.addToSums?.(trx, no, moves);
}

/** Deletes what only the next generation has for these keys. */
export async function dropNext<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  { rows, key }: GenerationTable<Key, Row>,
  { no, generation }: Pick<LockedGeneration, 'no' | 'generation'>,
  keys: readonly Key[],
): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    delete from ${sql.table(rows)} as known using ${unnestOf(key, keys)} as named (${namesOf(key)})
    where known.location_no = ${no} and ${sameKey(key, 'known', 'named')}
      and known.seen_in > ${generation}::integer`.execute(trx);
}
