import { randomUUID } from 'node:crypto';
import type { Person } from '@winesap/api';
import { AppError, type Role } from '@winesap/core';
import { hashPassword } from 'better-auth/crypto';
import { type Selectable, sql } from 'kysely';
import type { AuthDb, AuthTables } from './auth-tables.ts';

export interface NewPerson {
  name: string;
  email: string;
  password: string;
  role: Role;
}

export interface People {
  list(): Promise<Person[]>;
  /** Adds a person. Errors: `person.exists`. */
  add(person: NewPerson): Promise<Person>;
  /**
   * Creates the first owner, only while there are no people: of two simultaneous calls, one succeeds. Errors:
   * `setup.done`.
   */
  addFirst(person: Omit<NewPerson, 'role'>): Promise<Person>;
  /**
   * Sets a role, a password, or both. A new password ends the person's sessions and API keys.
   * Errors: `person.not-found`, `person.last-owner`.
   */
  change(id: string, change: { role?: Role | undefined; password?: string | undefined }): Promise<Person>;
  /**
   * Removes a person's access; their sessions and keys end with it.
   * Shape: who it was. Errors: `person.not-found`, `person.last-owner`.
   */
  remove(id: string): Promise<Person>;
  count(): Promise<number>;
}

export function createPeople(db: AuthDb, now: () => Date): People {
  return {
    list: async () => (await db.selectFrom('auth_user').selectAll().orderBy('created_at').execute()).map(rowToPerson),

    add: async (person) => {
      const hash = await hashPassword(person.password);
      return changeOneByOne(db, (trx) => insertPerson(trx, person, hash, now()));
    },

    addFirst: async (person) => {
      const hash = await hashPassword(person.password);
      return changeOneByOne(db, async (trx) => {
        if ((await countPeople(trx)) > 0) throw new AppError('setup.done');
        return insertPerson(trx, { ...person, role: 'owner' }, hash, now());
      });
    },

    change: async (id, { role, password }) => {
      const hash = password === undefined ? undefined : await hashPassword(password);
      return changeOneByOne(db, async (trx) => {
        const row = await trx
          .updateTable('auth_user')
          .set({ updated_at: now(), ...(role && { role }) })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
        if (!row) throw new AppError('person.not-found');
        await keepAnOwner(trx);
        if (hash !== undefined) {
          await trx
            .updateTable('auth_account')
            .set({ password: hash, updated_at: now() })
            .where('user_id', '=', id)
            .where('provider_id', '=', 'credential')
            .execute();
          await trx.deleteFrom('auth_session').where('user_id', '=', id).execute();
          await trx.deleteFrom('auth_api_key').where('reference_id', '=', id).execute();
        }
        return rowToPerson(row);
      });
    },

    remove: (id) =>
      changeOneByOne(db, async (trx) => {
        const gone = await trx.deleteFrom('auth_user').where('id', '=', id).returningAll().executeTakeFirst();
        if (!gone) throw new AppError('person.not-found');
        await keepAnOwner(trx);
        return rowToPerson(gone);
      }),

    count: () => countPeople(db),
  };
}

async function insertPerson(trx: AuthDb, person: NewPerson, hash: string, at: Date): Promise<Person> {
  const { name, email, role } = person;
  const times = { created_at: at, updated_at: at };
  const row = await trx
    .insertInto('auth_user')
    .values({ id: randomUUID(), name, email: email.toLowerCase(), role, ...times })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('person.exists');
  const account = { id: randomUUID(), user_id: row.id, account_id: row.id, provider_id: 'credential', password: hash };
  await trx
    .insertInto('auth_account')
    .values({ ...account, ...times })
    .execute();
  return rowToPerson(row);
}

// Rules about all people together (one first, at least one owner) only hold if changes are serialized.
function changeOneByOne<T>(db: AuthDb, change: (trx: AuthDb) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`lock table auth_user in share row exclusive mode`.execute(trx);
    return change(trx);
  });
}

async function keepAnOwner(trx: AuthDb): Promise<void> {
  const owner = await trx.selectFrom('auth_user').select('id').where('role', '=', 'owner').limit(1).executeTakeFirst();
  if (!owner) throw new AppError('person.last-owner');
}

async function countPeople(db: AuthDb): Promise<number> {
  const { n } = await db
    .selectFrom('auth_user')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
}

export function rowToPerson({
  id,
  name,
  email,
  role,
  created_at,
}: Pick<Selectable<AuthTables['auth_user']>, 'id' | 'name' | 'email' | 'role' | 'created_at'>): Person {
  return { id, name, email, role, createdAt: created_at.toISOString() };
}
