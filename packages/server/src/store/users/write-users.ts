import { type KnownUser, sameUser } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import { UserSums } from './user-sums.ts';
import { afterwards, type LockedUsers, NO_VERSIONS, type UserVersions, unnestUsers } from './user-versions.ts';

type Wanted = ReadonlyMap<string, KnownUser | null>;
type Stored = ReadonlyMap<string, UserVersions>;

/** Writes what the next generation is to have of these users; null: nobody. `stored` is what there is of them. */
export async function writeNext(
  trx: Transaction<Tables>,
  { no, generation }: LockedUsers,
  stored: Stored,
  wanted: Wanted,
): Promise<void> {
  const sums = new UserSums();
  const come: KnownUser[] = [];
  const dropped: string[] = [];
  const ending: string[] = [];
  const staying: string[] = [];
  for (const [name, user] of wanted) {
    const versions = stored.get(name) ?? NO_VERSIONS;
    const { now, ends, next } = versions;
    if (same(afterwards(versions), user)) continue;
    if (now !== null && same(now, user)) {
      if (next !== null) dropped.push(name);
      if (ends) staying.push(name);
    } else {
      if (now !== null && !ends) ending.push(name);
      if (user !== null) come.push(user);
      else if (next !== null) dropped.push(name);
    }
    sums.comes(now, afterwards(versions), user);
  }
  if (come.length > 0)
    await sql`
      insert into users (location_no, seen_in, client_user_id, status, email, id_hash, several)
      select ${no}::integer, ${generation + 1}::integer, * from ${unnestUsers(come)}
      on conflict (location_no, client_user_id, seen_in) do update set status = excluded.status,
        email = excluded.email, id_hash = excluded.id_hash, several = excluded.several`.execute(trx);
  await dropNext(trx, no, generation, dropped);
  if (ending.length > 0)
    await sql`update users set gone_in = ${generation + 1}::integer where location_no = ${no}
      and client_user_id = any(${ending}::text[]) and seen_in <= ${generation}::integer and gone_in is null`.execute(
      trx,
    );
  if (staying.length > 0)
    await sql`update users set gone_in = null where location_no = ${no}
      and client_user_id = any(${staying}::text[]) and seen_in <= ${generation}::integer
      and gone_in > ${generation}::integer`.execute(trx);
  await sums.save(trx, no);
}

/** Writes users so that they are seen at once; a reading under way no longer changes them. */
export async function writeNow(
  trx: Transaction<Tables>,
  { no, generation }: LockedUsers,
  stored: Stored,
  wanted: ReadonlyMap<string, KnownUser>,
): Promise<void> {
  const sums = new UserSums();
  const fresh: KnownUser[] = [];
  const known: KnownUser[] = [];
  const dropped: string[] = [];
  for (const [name, user] of wanted) {
    const versions = stored.get(name) ?? NO_VERSIONS;
    if (versions.next !== null) dropped.push(name);
    if (versions.now === null) fresh.push(user);
    else if (versions.ends || !same(versions.now, user)) known.push(user);
    sums.isNow(versions.now, afterwards(versions), user);
  }
  await dropNext(trx, no, generation, dropped);
  if (fresh.length > 0)
    await sql`insert into users (location_no, seen_in, client_user_id, status, email, id_hash, several)
      select ${no}::integer, ${generation}::integer, * from ${unnestUsers(fresh)}`.execute(trx);
  if (known.length > 0)
    await sql`
      update users set status = told.status, email = told.email, id_hash = told.id_hash, several = told.several,
        gone_in = null
      from ${unnestUsers(known)} as told (client_user_id, status, email, id_hash, several)
      where location_no = ${no} and users.client_user_id = told.client_user_id and seen_in <= ${generation}::integer
        and (gone_in is null or gone_in > ${generation}::integer)`.execute(trx);
  await sums.save(trx, no);
}

async function dropNext(trx: Transaction<Tables>, no: number, generation: number, names: string[]): Promise<void> {
  if (names.length > 0)
    await sql`delete from users where location_no = ${no} and client_user_id = any(${names}::text[])
      and seen_in > ${generation}::integer`.execute(trx);
}

function same(a: KnownUser | null, b: KnownUser | null): boolean {
  return sameUser(a, b) && a?.several === b?.several;
}
