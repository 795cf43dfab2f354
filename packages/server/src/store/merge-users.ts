import type { KnownUser } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { stagedAfter } from './staged-users.ts';
import type { Tables } from './tables.ts';
import { newerThanReading } from './told-users.ts';
import { type LockedUsers, versionsAfter } from './user-versions.ts';
import { writeNext } from './write-users.ts';

/** Rows of either side that are looked at in one transaction: some milliseconds. */
const SLICE = 500;

/**
 * Compares what is staged with what is stored, of the users after one, and writes the difference as of the next
 * generation. Gives where to go on, or null at the end.
 */
export async function mergeUsers(
  trx: Transaction<Tables>,
  lock: LockedUsers,
  after: string | null,
): Promise<string | null> {
  // Both sides are read in the order of their keys and no further. Without figures about a table that filled a moment ago
  // the planner would rather sort all of it.
  await sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_bitmapscan', 'off', true), set_config('jit', 'off', true)`.execute(trx);
  const staged = await stagedAfter(trx, lock.no, after ?? '', SLICE);
  const stored = await versionsAfter(trx, lock, after ?? '', SLICE);
  const listed = new Map(staged.map((user) => [user.clientUserId, user]));
  const names = [...stored.keys()];
  // Each side is known up to its last row; of the last user stored a version may be missing.
  const ends = [
    staged.length === SLICE ? staged.at(-1)?.clientUserId : undefined,
    names.length * 2 >= SLICE ? names.at(-2) : undefined,
  ].filter((name) => name !== undefined);
  const end = ends.sort(byBytes)[0] ?? null;
  const within = (name: string) => end === null || byBytes(name, end) <= 0;
  const wanted = new Map<string, KnownUser | null>();
  for (const name of new Set([...listed.keys(), ...names]))
    if (within(name)) wanted.set(name, listed.get(name) ?? null);
  for (const name of await newerThanReading(trx, lock, [...wanted.keys()])) wanted.delete(name);
  await writeNext(trx, lock, stored, wanted);
  return end;
}

/** As the database orders names: by bytes, which is not how texts compare in code. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
