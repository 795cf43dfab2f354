import { type KnownUser, type UserChange, userChange } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Gathers how the sums of a location change with a slice of its users. */
export class UserSums {
  readonly #held = new Map<string, number>();
  readonly #coming = new Map<string, number>();
  readonly #changes: Record<UserChange, number> = { registered: 0, retired: 0, changed: 0, gone: 0 };

  /** The next generation has another user than was going to be. */
  comes(now: KnownUser | null, before: KnownUser | null, after: KnownUser | null): void {
    add(this.#coming, before, -1);
    add(this.#coming, after, 1);
    this.#count(userChange(now, before), -1);
    this.#count(userChange(now, after), 1);
  }

  /** Seen at once, and nothing of it is to come any more. */
  isNow(now: KnownUser | null, before: KnownUser | null, after: KnownUser | null): void {
    add(this.#held, now, -1);
    add(this.#held, after, 1);
    add(this.#coming, before, -1);
    add(this.#coming, now, 1);
    this.#count(userChange(now, before), -1);
  }

  async save(trx: Transaction<Tables>, no: number): Promise<void> {
    const statuses = [...new Set([...this.#held.keys(), ...this.#coming.keys()])];
    const amounts = (sums: ReadonlyMap<string, number>) => statuses.map((status) => sums.get(status) ?? 0);
    if (statuses.length > 0)
      await sql`
        insert into user_sums as known (location_no, status, held, coming)
        select ${no}::integer, * from unnest(${statuses}::text[], ${amounts(this.#held)}::integer[],
          ${amounts(this.#coming)}::integer[])
        on conflict (location_no, status)
          do update set held = known.held + excluded.held, coming = known.coming + excluded.coming`.execute(trx);
    const { registered, retired, changed, gone } = this.#changes;
    if (registered !== 0 || retired !== 0 || changed !== 0 || gone !== 0)
      await sql`update user_readings set registered = registered + ${registered}::integer,
        retired = retired + ${retired}::integer, changed = changed + ${changed}::integer,
        gone = gone + ${gone}::integer where location_no = ${no}`.execute(trx);
  }

  #count(change: UserChange | null, by: number): void {
    if (change !== null) this.#changes[change] += by;
  }
}

function add(sums: Map<string, number>, user: KnownUser | null, by: number): void {
  if (user !== null) sums.set(user.status, (sums.get(user.status) ?? 0) + by);
}
