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
    async likely(appleOrganizationId, name) {
      const { rows } = await sql<{ id: string; name: string; is_apples: boolean }>`
        select organizations.id, organizations.name, coalesce(apples.is_same, false) as is_apples
        from organizations
        left join lateral (
          select bool_or(apple_organization_id = ${appleOrganizationId}) as is_same,
                 bool_or(apple_organization_id <> ${appleOrganizationId}) as is_other
          from content_tokens where organization_id = organizations.id and removed_at is null
        ) as apples on true
        where apples.is_same or (lower(organizations.name) = ${name.toLowerCase()} and apples.is_other is not true)
        order by is_apples desc
        limit 2`.execute(trx);
      const [first, second] = rows;
      // Apple's organization in two of ours: a person has to say which one.
      if (first === undefined || (second?.is_apples === true && first.is_apples)) return null;
      return { id: first.id, name: first.name };
    },
    async onlyEmpty() {
      const { rows } = await sql<{ id: string; name: string }>`
        select id, name from organizations
        where (select count(*) from organizations) = 1
          and not exists (select from content_tokens where removed_at is null)`.execute(trx);
      return rows[0] ?? null;
    },
  };
}
