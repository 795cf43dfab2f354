import type { Assignment } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { keyText, namesOf, unnestOf } from '../generations/columns-sql.ts';
import { override } from '../generations/override.ts';
import { versionsOf } from '../generations/versions.ts';
import type { Tables } from '../tables.ts';
import { type NumberedAssignments, numbered } from './assignment-rows.ts';
import { ASSIGNMENTS, lockAssignments } from './assignment-table.ts';

/** Adds the rows, visible immediately. Returns those that were not held before. */
export function assign(trx: Transaction<Tables>, uId: string, rows: readonly Assignment[]): Promise<Assignment[]> {
  return overrideRows(trx, uId, rows, 'held');
}

/** Removes the rows, visible immediately. Returns those that were held. */
export function unassign(trx: Transaction<Tables>, uId: string, rows: readonly Assignment[]): Promise<Assignment[]> {
  return overrideRows(trx, uId, rows, 'gone');
}

async function overrideRows(
  trx: Transaction<Tables>,
  uId: string,
  rows: readonly Assignment[],
  as: 'held' | 'gone',
): Promise<Assignment[]> {
  const lock = await lockAssignments(trx, uId);
  const named = await numbered(trx, uId, rows);
  await noteOverrides(trx, lock.no, uId, named);
  const stored = await versionsOf(trx, ASSIGNMENTS, lock, named.keys);
  await override(trx, ASSIGNMENTS, lock, stored, {
    put: as === 'held' ? named.keys : [],
    taken: as === 'gone' ? named.keys : [],
  });
  const isHeld = named.keys.map((key) => (stored.get(keyText(ASSIGNMENTS, key))?.now ?? null) !== null);
  return named.rows.filter((_, index) => isHeld[index] === (as === 'gone'));
}

/** A scan under way may find the row as it was before; it then skips it. */
async function noteOverrides(
  trx: Transaction<Tables>,
  no: number,
  uId: string,
  { keys }: NumberedAssignments,
): Promise<void> {
  await sql`
    insert into assignment_overrides (location_no, ${namesOf(ASSIGNMENTS.key)})
    select ${no}::integer, * from ${unnestOf(ASSIGNMENTS.key, keys)}
    where exists (select from scans where location_uid = ${uId} and state in ('queued', 'running'))
    on conflict do nothing`.execute(trx);
}
