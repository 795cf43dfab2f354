import { defaultKeyHasher } from '@better-auth/api-key';
import type { ApiKey, OwnedKey, Person } from '@winesap/api';
import { AppError, DAY_MS, later } from '@winesap/core';
import type { Selectable } from 'kysely';
import type { AuthDb, AuthTables } from './auth-tables.ts';
import type { Caller } from './caller.ts';
import { rowToPerson } from './people.ts';
import { KEY_DAYS, type SignInLibrary } from './sign-in-library.ts';

type NewKey = ApiKey & { key: string; expiresAt: string };

export interface Keys {
  list(personId: string): Promise<ApiKey[]>;
  listAll(): Promise<OwnedKey[]>;
  /** Creates a key that expires after a year by default. Shape: includes the key's text, which can't be shown again. */
  add(personId: string, key: { name: string; expiresAt?: Date | undefined }): Promise<NewKey>;
  /**
   * Revokes a key of this person; an owner can revoke anyone's.
   * Shape: its name and its owner. Errors: `key.not-found`, also for another person's key.
   */
  remove(by: Person, keyId: string): Promise<{ name: string; personName: string }>;
  /** Returns whose key this is, if it is valid. */
  ownerOf(key: string): Promise<Caller | null>;
}

/**
 * The precision of "last used", on top of the half minute for which a caller is cached. A finer one would cause a write
 * for every read request.
 */
const LAST_USED_WITHIN_MS = 30_000;

export function createKeys(library: SignInLibrary, db: AuthDb, now: () => Date): Keys {
  return {
    list: async (personId) => {
      const rows = await db
        .selectFrom('auth_api_key')
        .select(SHOWN)
        .where('reference_id', '=', personId)
        .orderBy('created_at')
        .execute();
      return rows.map(rowToKey);
    },

    listAll: async () => {
      const rows = await db
        .selectFrom('auth_api_key as k')
        .innerJoin('auth_user as u', 'u.id', 'k.reference_id')
        .select(['k.id', 'k.name', 'k.start', 'k.created_at', 'k.expires_at', 'k.last_request'])
        .select(['u.id as person_id', 'u.name as person_name', 'u.email', 'u.role'])
        .orderBy('u.created_at')
        .orderBy('k.created_at')
        .execute();
      return rows.map(({ person_id: id, person_name: name, email, role, ...row }) => ({
        ...rowToKey(row),
        person: { id, name, email, role },
      }));
    },

    add: async (personId, { name, expiresAt = later(now(), KEY_DAYS * DAY_MS) }) => {
      const made = await library.api.createApiKey({ body: { userId: personId, name } });
      // NOTE: set separately, because the library only supports whole days. If this process ends in between, the
      // library's default is the same year.
      await db.updateTable('auth_api_key').set({ expires_at: expiresAt }).where('id', '=', made.id).execute();
      return {
        id: made.id,
        name,
        start: made.start,
        createdAt: made.createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        lastUsedAt: null,
        key: made.key,
      };
    },

    remove: (by, keyId) =>
      db.transaction().execute(async (trx) => {
        let query = trx
          .selectFrom('auth_api_key as k')
          .innerJoin('auth_user as u', 'u.id', 'k.reference_id')
          .select(['k.name', 'u.name as person_name'])
          .where('k.id', '=', keyId);
        if (by.role !== 'owner') query = query.where('k.reference_id', '=', by.id);
        const found = await query.executeTakeFirst();
        if (!found) throw new AppError('key.not-found');
        await trx.deleteFrom('auth_api_key').where('id', '=', keyId).execute();
        return { name: found.name ?? '', personName: found.person_name };
      }),

    // NOTE: queries the table directly. The library's own check writes two or three times per request, each of which
    // waits for the disk on the embedded database.
    ownerOf: async (key) => {
      const at = now();
      const row = await db
        .selectFrom('auth_api_key as k')
        .innerJoin('auth_user as u', 'u.id', 'k.reference_id')
        .select(['u.id', 'u.name', 'u.email', 'u.role', 'u.created_at'])
        .select(['k.id as key_id', 'k.last_request', 'k.expires_at'])
        .where('k.key', '=', await defaultKeyHasher(key))
        .where('k.enabled', '=', true)
        .where((where) => where.or([where('k.expires_at', 'is', null), where('k.expires_at', '>', at)]))
        .executeTakeFirst();
      if (!row) return null;
      if (!row.last_request || at.getTime() - row.last_request.getTime() > LAST_USED_WITHIN_MS) {
        await db.updateTable('auth_api_key').set({ last_request: at }).where('id', '=', row.key_id).execute();
      }
      return { person: rowToPerson(row), credential: { kind: 'key', id: row.key_id, expiresAt: row.expires_at } };
    },
  };
}

const SHOWN = ['id', 'name', 'start', 'created_at', 'expires_at', 'last_request'] as const;

function rowToKey(row: Pick<Selectable<AuthTables['auth_api_key']>, (typeof SHOWN)[number]>): ApiKey {
  return {
    id: row.id,
    name: row.name ?? '',
    start: row.start,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_request?.toISOString() ?? null,
  };
}
