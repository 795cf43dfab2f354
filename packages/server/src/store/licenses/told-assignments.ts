import type { Assignment } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { addToSums, type LockedLocation, lockLocation } from '../location-lock.ts';
import type { Tables } from '../tables.ts';
import { type AssignmentColumns, columnsOf } from './assignment-rows.ts';

/** Makes the rows held, visible at once. Gives those that were not. */
export async function assign(
  trx: Transaction<Tables>,
  uId: string,
  rows: readonly Assignment[],
): Promise<Assignment[]> {
  const location = await lockLocation(trx, uId);
  const told = await lookUp(trx, location, uId, rows);
  const { no, generation } = location;
  await sql`
    insert into assignments as known (location_no, asset_no, user_held, holder, seen_in)
    select ${no}::integer, *, ${generation}::integer from ${unnest(told.columns)}
    on conflict (location_no, asset_no, user_held, holder) do update
      set seen_in = least(known.seen_in, excluded.seen_in), gone_in = null
      where known.seen_in > excluded.seen_in or known.gone_in is not null`.execute(trx);
  const changed = told.rows.filter(({ state }) => state === 'absent' || state === 'coming');
  await addToSums(trx, no, {
    held: changed.length,
    coming: -told.count('coming'),
    going: -told.count('going'),
  });
  return changed.map(({ row }) => row);
}

/** Takes the rows away, visible at once. Gives those that were held. */
export async function unassign(
  trx: Transaction<Tables>,
  uId: string,
  rows: readonly Assignment[],
): Promise<Assignment[]> {
  const location = await lockLocation(trx, uId);
  const told = await lookUp(trx, location, uId, rows);
  await sql`
    delete from assignments using ${unnest(told.columns)} as told (asset_no, user_held, holder)
    where assignments.location_no = ${location.no} and assignments.asset_no = told.asset_no
      and assignments.user_held = told.user_held and assignments.holder = told.holder`.execute(trx);
  const changed = told.rows.filter(({ state }) => state === 'held' || state === 'going');
  await addToSums(trx, location.no, {
    held: -changed.length,
    coming: -told.count('coming'),
    going: -told.count('going'),
  });
  return changed.map(({ row }) => row);
}

/** `coming` and `going`: not held, or held, until the reading under way is shown. */
type State = 'absent' | 'held' | 'coming' | 'going';

interface Told {
  columns: AssignmentColumns;
  rows: { row: Assignment; state: State }[];
  count(state: State): number;
}

async function lookUp(
  trx: Transaction<Tables>,
  { no, generation }: LockedLocation,
  uId: string,
  rows: readonly Assignment[],
): Promise<Told> {
  const columns = await columnsOf(trx, uId, rows);
  await noteAsNewer(trx, no, uId, columns);
  const { rows: known } = await sql<{ at: number; seen_in: number; gone_in: number | null }>`
    select told.at::integer as at, seen_in, gone_in
    from unnest(${columns.assetNos}::integer[], ${columns.usersHold}::boolean[], ${columns.holders}::text[])
      with ordinality as told (asset_no, user_held, holder, at)
    join assignments on assignments.location_no = ${no} and assignments.asset_no = told.asset_no
      and assignments.user_held = told.user_held and assignments.holder = told.holder`.execute(trx);
  const states = new Map(known.map(({ at, seen_in, gone_in }) => [at - 1, stateOf(seen_in, gone_in, generation)]));
  const found = columns.rows.map((row, index) => ({ row, state: states.get(index) ?? ('absent' as const) }));
  return { columns, rows: found, count: (state) => found.filter((one) => one.state === state).length };
}

function stateOf(seenIn: number, goneIn: number | null, generation: number): State {
  if (goneIn !== null && goneIn <= generation) return 'absent';
  if (seenIn > generation) return 'coming';
  return goneIn === null ? 'held' : 'going';
}

/** A scan under way may find the row as it was before; it then leaves it alone. */
async function noteAsNewer(
  trx: Transaction<Tables>,
  no: number,
  uId: string,
  columns: AssignmentColumns,
): Promise<void> {
  await sql`
    insert into newer_assignments select ${no}::integer, * from ${unnest(columns)}
    where exists (select from scans where location_uid = ${uId} and state in ('queued', 'running'))
    on conflict do nothing`.execute(trx);
}

function unnest({ assetNos, usersHold, holders }: AssignmentColumns) {
  return sql`unnest(${assetNos}::integer[], ${usersHold}::boolean[], ${holders}::text[])`;
}
