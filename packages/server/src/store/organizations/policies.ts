import type { Policies, PolicyNode } from '@winesap/core';
import type { Kysely, Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { RowLocks } from '../row-locks.ts';
import type { Tables } from '../tables.ts';
import { refuseTaken } from '../violations.ts';

export function createPolicies(trx: Transaction<Tables>, locks: RowLocks = 'held'): Policies {
  const notifyTree = async (id: string) => {
    const row = await trx.selectFrom('policies').select('organization_id').where('id', '=', id).executeTakeFirst();
    if (row !== undefined) await notifyLive(trx, { topic: 'tree', organizationId: row.organization_id });
  };
  return {
    async insert(policy, now) {
      const { id } = await refuseTaken(
        trx
          .insertInto('policies')
          .values({
            organization_id: policy.organizationId,
            parent_id: policy.parentId,
            name: policy.name,
            created_at: now,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      await notifyTree(id);
      return id;
    },
    async rename(id, name) {
      await refuseTaken(trx.updateTable('policies').set({ name }).where('id', '=', id).execute());
      await notifyTree(id);
    },
    async delete(id) {
      await notifyTree(id);
      await trx.deleteFrom('policies').where('id', '=', id).execute();
    },
    async setTokenInheritance(id, enabled) {
      await trx.updateTable('policies').set({ token_inheritance: enabled }).where('id', '=', id).execute();
      await notifyTree(id);
    },
    async organizationOf(id) {
      const row = await trx
        .selectFrom('policies')
        .innerJoin('organizations', 'organizations.id', 'policies.organization_id')
        .select(['organizations.id as organizationId', 'organizations.name as organizationName'])
        .where('policies.id', '=', id)
        .executeTakeFirst();
      return row ?? null;
    },
    async tree(organizationId) {
      if (locks === 'held')
        await trx.selectFrom('organizations').select('id').where('id', '=', organizationId).forUpdate().execute();
      return readTree(trx, organizationId);
    },
  };
}

/** Returns the policies of an organization with their own tokens. */
export async function readTree(db: Kysely<Tables>, organizationId: string): Promise<PolicyNode[]> {
  return db
    .selectFrom('policies')
    .leftJoin('content_tokens', (join) =>
      join.onRef('content_tokens.policy_id', '=', 'policies.id').on('content_tokens.removed_at', 'is', null),
    )
    .select([
      'policies.id',
      'policies.parent_id as parentId',
      'policies.name',
      'policies.token_inheritance as tokenInheritance',
      'content_tokens.id as tokenId',
      'content_tokens.location_uid as uId',
    ])
    .where('policies.organization_id', '=', organizationId)
    .execute();
}
