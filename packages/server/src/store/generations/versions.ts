import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { allColumns, keyText, namesOf, sameKey, selectionOf, unnestOf } from './columns-sql.ts';
import type { GenerationTable, LockedGeneration } from './generation-table.ts';

/** The stored versions of one key: of the visible generation and of the next one. */
export interface Versions<Row> {
  now: Row | null;
  /** The next generation has another version of it, or none. */
  ends: boolean;
  next: Row | null;
}

export const NO_VERSIONS = { now: null, ends: false, next: null } as const;

/** As it would be if the reading under way were shown now. */
export function afterwards<Row>({ now, ends, next }: Versions<Row>): Row | null {
  return next ?? (ends ? null : now);
}

/** Returns the stored versions of these keys, by `keyText`. */
export async function versionsOf<Key extends object, Row extends Key>(
  trx: Transaction<Tables>,
  table: GenerationTable<Key, Row>,
  { no, generation }: LockedGeneration,
  keys: readonly Key[],
): Promise<Map<string, Versions<Row>>> {
  const found = new Map<string, Versions<Row>>();
  if (keys.length === 0) return found;
  // A lookup per key, which the planner can't turn into a scan of the whole table.
  const { rows } = await sql<Row & { isComing: boolean; isEnding: boolean }>`
    select known.* from ${unnestOf(table.key, keys)} as asked (${namesOf(table.key)}) cross join lateral (
      select ${selectionOf(allColumns(table), 'stored')}, seen_in > ${generation}::integer as "isComing",
        gone_in is not null as "isEnding"
      from ${sql.table(table.rows)} stored where location_no = ${no} and ${sameKey(table.key, 'stored', 'asked')}
        and (gone_in is null or gone_in > ${generation}::integer) offset 0) known`.execute(trx);
  for (const { isComing, isEnding, ...columns } of rows) {
    const row = columns as unknown as Row;
    const text = keyText(table, row);
    const known = found.get(text) ?? NO_VERSIONS;
    found.set(text, isComing ? { ...known, next: row } : { ...known, now: row, ends: isEnding });
  }
  return found;
}
