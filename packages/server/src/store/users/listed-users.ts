import { filledUser, type KnownUser, type NameList, pickUser, type User } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { startOf } from '../generations/columns-sql.ts';
import type { LockedGeneration } from '../generations/generation-table.ts';
import { letGo } from '../generations/let-go.ts';
import { isOverridden } from '../generations/overridden.ts';
import { putNext } from '../generations/put-next.ts';
import { rowsAlong, SLICE } from '../generations/rows-along.ts';
import { afterwards, NO_VERSIONS, versionsOf } from '../generations/versions.ts';
import { HELD_NOW } from '../held-now.ts';
import type { Tables } from '../tables.ts';
import { overriddenUsers, USERS } from './user-table.ts';

/** Implements `Users.add`. */
export async function addListed(
  trx: Transaction<Tables>,
  lock: LockedGeneration,
  rows: readonly User[],
  before: NameList,
): Promise<void> {
  const named = Map.groupBy(rows, ({ clientUserId }) => clientUserId);
  const names = [...named.keys()];
  const stored = await versionsOf(trx, USERS, lock, keysOf(names));
  const newer = await overriddenUsers(trx, lock, names);
  const wanted: KnownUser[] = [];
  for (const [name, registrations] of named) {
    if (newer.has(name)) continue;
    const versions = stored.get(name) ?? NO_VERSIONS;
    // Compares with the state before the list began, so that the order in which the list names registrations does not
    // matter.
    const filled = registrations.map((row) => filledUser(row, versions.now));
    const soFar = before.has(name) ? afterwards(versions) : null;
    const user = pickUser(soFar === null ? filled : [soFar, ...filled]);
    if (user !== null) wanted.push({ ...user, several: user.several || soFar?.several === true });
  }
  await putNext(trx, USERS, lock, stored, { put: wanted, taken: [] });
}

/** Implements `Users.removeUnlisted`. */
export async function removeUnlisted(
  trx: Transaction<Tables>,
  lock: LockedGeneration,
  list: NameList,
  unlisted: 'kept' | 'removed',
  after: string | null,
): Promise<{ unlisted: string[]; next: string | null }> {
  const from = after === null ? startOf(USERS) : { clientUserId: after };
  const which = sql`gone_in is null and not ${isOverridden(USERS, lock, 'known')}`;
  const stored = await rowsAlong(trx, USERS, lock, from, which);
  const missing = stored.filter(({ clientUserId }) => !list.has(clientUserId));
  const holding = await holdersAmong(
    trx,
    lock.no,
    missing.map(({ clientUserId }) => clientUserId),
  );
  const open = missing.filter(({ clientUserId }) => !holding.has(clientUserId));
  if (unlisted === 'removed') await letGo(trx, USERS, lock, open);
  const next = stored.length < SLICE ? null : (stored.at(-1)?.clientUserId ?? null);
  return { unlisted: open.map(({ clientUserId }) => clientUserId), next };
}

export function keysOf(names: readonly string[]): { clientUserId: string }[] {
  return names.map((clientUserId) => ({ clientUserId }));
}

/** Returns those who hold a license: while Apple lists that, a list of users without them proves nothing. */
async function holdersAmong(trx: Transaction<Tables>, no: number, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const { rows } = await sql<{ holder: string }>`
    select distinct holder from assignments join locations on locations.no = location_no
    where location_no = ${no} and user_held and holder = any(${[...names]}::text[]) and ${HELD_NOW}`.execute(trx);
  return new Set(rows.map(({ holder }) => holder));
}
