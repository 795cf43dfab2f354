import { type KnownUser, type UserChange, userChange } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Move } from '../generations/generation-table.ts';
import type { Tables } from '../tables.ts';

/** Keeps the number of a location's users per status, and the number that the next generation changes. */
export async function addToUserSums(
  trx: Transaction<Tables>,
  no: number,
  moves: readonly Move<KnownUser>[],
): Promise<void> {
  const held = new Map<string, number>();
  const coming = new Map<string, number>();
  const changes: Record<UserChange, number> = { registered: 0, retired: 0, changed: 0, gone: 0 };
  const count = (change: UserChange | null, by: number) => {
    if (change !== null) changes[change] += by;
  };
  for (const { now, before, after, atOnce } of moves) {
    add(coming, before, -1);
    count(userChange(now, before), -1);
    if (atOnce) {
      add(coming, now, 1);
      add(held, now, -1);
      add(held, after, 1);
    } else {
      add(coming, after, 1);
      count(userChange(now, after), 1);
    }
  }
  await addToStatuses(trx, no, held, coming);
  const { registered, retired, changed, gone } = changes;
  if (registered !== 0 || retired !== 0 || changed !== 0 || gone !== 0)
    await sql`update user_readings set registered = registered + ${registered}::integer,
      retired = retired + ${retired}::integer, changed = changed + ${changed}::integer,
      gone = gone + ${gone}::integer where location_no = ${no}`.execute(trx);
}

async function addToStatuses(
  trx: Transaction<Tables>,
  no: number,
  held: ReadonlyMap<string, number>,
  coming: ReadonlyMap<string, number>,
): Promise<void> {
  const statuses = [...new Set([...held.keys(), ...coming.keys()])];
  if (statuses.length === 0) return;
  const amounts = (sums: ReadonlyMap<string, number>) => statuses.map((status) => sums.get(status) ?? 0);
  await sql`
    insert into user_sums as known (location_no, status, held, coming)
    select ${no}::integer, * from unnest(${statuses}::text[], ${amounts(held)}::integer[], ${amounts(coming)}::integer[])
    on conflict (location_no, status)
      do update set held = known.held + excluded.held, coming = known.coming + excluded.coming`.execute(trx);
}

function add(sums: Map<string, number>, user: KnownUser | null, by: number): void {
  if (user !== null) sums.set(user.status, (sums.get(user.status) ?? 0) + by);
}
