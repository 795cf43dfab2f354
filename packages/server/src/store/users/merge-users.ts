import { filledUser, type KnownUser } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { HELD_NOW } from '../held-now.ts';
import type { Tables } from '../tables.ts';
import { stagedAfter } from './staged-users.ts';
import { newerThanReading } from './told-users.ts';
import { afterwards, type LockedUsers, NO_VERSIONS, type UserVersions, versionsAfter } from './user-versions.ts';
import { writeNext } from './write-users.ts';

/** Rows of either side that are looked at in one transaction: some milliseconds. */
const SLICE = 500;

/** What `Users.merge` promises. */
export async function mergeUsers(
  trx: Transaction<Tables>,
  lock: LockedUsers,
  unlisted: 'kept' | 'removed',
  after: string | null,
): Promise<{ unlisted: string[]; next: string | null }> {
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
    if (within(name)) wanted.set(name, listedAs(listed.get(name), stored.get(name)));
  for (const name of await newerThanReading(trx, lock, [...wanted.keys()])) wanted.delete(name);
  const missing = [...wanted].flatMap(([name, user]) => (user === null ? [name] : []));
  const holding = await holdersAmong(trx, lock.no, missing);
  const open = missing.filter((name) => !holding.has(name));
  for (const name of unlisted === 'kept' ? missing : holding) wanted.delete(name);
  await writeNext(trx, lock, stored, wanted);
  return { unlisted: open, next: end };
}

function listedAs(user: KnownUser | undefined, versions: UserVersions | undefined): KnownUser | null {
  return user === undefined ? null : filledUser(user, afterwards(versions ?? NO_VERSIONS));
}

/** Those who hold a license: as long as Apple lists that, a list of users without them says nothing. */
async function holdersAmong(trx: Transaction<Tables>, no: number, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const { rows } = await sql<{ holder: string }>`
    select distinct holder from assignments join locations on locations.no = location_no
    where location_no = ${no} and user_held and holder = any(${[...names]}::text[]) and ${HELD_NOW}`.execute(trx);
  return new Set(rows.map(({ holder }) => holder));
}

/** As the database orders names: by bytes, which is not how texts compare in code. */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
