import type { Channels } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export function createChannels(trx: Transaction<Tables>): Channels {
  return {
    async insert(channel, now) {
      const { id } = await trx
        .insertInto('channels')
        .values({ ...channel, created_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    async delete(id) {
      const { numDeletedRows } = await trx.deleteFrom('channels').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async byId(id) {
      const row = await trx
        .selectFrom('channels')
        .select(['id', 'kind', 'name', 'sealed'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row ?? null;
    },
    async disable(id, why, now) {
      await trx.updateTable('channels').set({ disabled_at: now, disabled_why: why }).where('id', '=', id).execute();
    },
  };
}
