import { defaultKeyHasher } from '@better-auth/api-key';
import type { ApiKey, Person } from '@winesap/api';
import { AppError } from '@winesap/core';
import type { AuthDb } from './auth-tables.ts';
import { rowToPerson } from './people.ts';
import type { SignInLibrary } from './sign-in-library.ts';

export interface Keys {
  list(personId: string): Promise<ApiKey[]>;
  /** Shape: with the key's text, which nobody can show again. */
  add(personId: string, key: { name: string; expiresAt?: string | undefined }): Promise<ApiKey & { key: string }>;
  /** Errors: `key.not-found`, also for the key of somebody else. */
  remove(personId: string, keyId: string): Promise<void>;
  /** Whose key this is, if it is a good one. */
  ownerOf(key: string): Promise<Person | null>;
}

/** How exactly "last used" is known. Finer would make a write of every request that reads. */
const LAST_USED_WITHIN_MS = 60_000;

export function createKeys(library: SignInLibrary, db: AuthDb, now: () => Date): Keys {
  return {
    list: async (personId) => {
      const rows = await db
        .selectFrom('auth_api_key')
        .select(['id', 'name', 'start', 'created_at', 'last_request'])
        .where('reference_id', '=', personId)
        .orderBy('created_at')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name ?? '',
        start: row.start,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_request?.toISOString() ?? null,
      }));
    },

    add: async (personId, { name, expiresAt }) => {
      const made = await library.api.createApiKey({ body: { userId: personId, name } });
      if (expiresAt) {
        // NOTE: set apart from making it, because the library knows whole days only.
        await db
          .updateTable('auth_api_key')
          .set({ expires_at: new Date(expiresAt) })
          .where('id', '=', made.id)
          .execute();
      }
      return {
        id: made.id,
        name,
        start: made.start,
        createdAt: made.createdAt.toISOString(),
        lastUsedAt: null,
        key: made.key,
      };
    },

    remove: async (personId, keyId) => {
      const gone = await db
        .deleteFrom('auth_api_key')
        .where('id', '=', keyId)
        .where('reference_id', '=', personId)
        .returning('id')
        .executeTakeFirst();
      if (!gone) throw new AppError('key.not-found');
    },

    // NOTE: asked of the table directly. The library's own check writes two or three times for each request, which on
    // the embedded database is as many waits for the disk.
    ownerOf: async (key) => {
      const at = now();
      const row = await db
        .selectFrom('auth_api_key as k')
        .innerJoin('auth_user as u', 'u.id', 'k.reference_id')
        .select(['u.id', 'u.name', 'u.email', 'u.role', 'u.created_at', 'k.id as key_id', 'k.last_request'])
        .where('k.key', '=', await defaultKeyHasher(key))
        .where('k.enabled', '=', true)
        .where((where) => where.or([where('k.expires_at', 'is', null), where('k.expires_at', '>', at)]))
        .executeTakeFirst();
      if (!row) return null;
      if (!row.last_request || at.getTime() - row.last_request.getTime() > LAST_USED_WITHIN_MS) {
        await db.updateTable('auth_api_key').set({ last_request: at }).where('id', '=', row.key_id).execute();
      }
      return rowToPerson(row);
    },
  };
}
