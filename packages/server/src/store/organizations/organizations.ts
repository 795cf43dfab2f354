import type { Organizations } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';
import { refuseTaken } from '../violations.ts';

export function createOrganizations(trx: Transaction<Tables>): Organizations {
  return {
    async insert(name, now) {
      const { id } = await refuseTaken(
        trx.insertInto('organizations').values({ name, created_at: now }).returning('id').executeTakeFirstOrThrow(),
      );
      await notifyLive(trx, { topic: 'tree', organizationId: id });
      return id;
    },
    async rename(id, name) {
      const result = await refuseTaken(
        trx.updateTable('organizations').set({ name }).where('id', '=', id).executeTakeFirst(),
      );
      await notifyLive(trx, { topic: 'tree', organizationId: id });
      return result.numUpdatedRows === 1n;
    },
    async delete(id) {
      await trx.deleteFrom('organizations').where('id', '=', id).execute();
      await notifyLive(trx, { topic: 'tree', organizationId: id });
    },
    async byId(id) {
      const row = await trx
        .selectFrom('organizations')
        .select(['id', 'name'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      return row ?? null;
    },
    async idByName(name) {
      const row = await trx
        .selectFrom('organizations')
        .select('id')
        .where(sql`lower(name)`, '=', name.toLowerCase())
        .executeTakeFirst();
      return row?.id ?? null;
    },
  };
}
