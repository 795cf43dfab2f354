import type { RuleDraft, Rules } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export function createRules(trx: Transaction<Tables>): Rules {
  const setChannels = async (ruleId: string, channelIds: readonly string[]) => {
    await trx.deleteFrom('rule_channels').where('rule_id', '=', ruleId).execute();
    const rows = [...new Set(channelIds)].map((channelId) => ({ rule_id: ruleId, channel_id: channelId }));
    if (rows.length > 0) await trx.insertInto('rule_channels').values(rows).execute();
  };
  return {
    async insert(rule, now) {
      const { id } = await trx
        .insertInto('rules')
        .values({ ...ruleColumns(rule), created_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      await setChannels(id, rule.channelIds);
      return id;
    },
    async change(id, rule) {
      const { numUpdatedRows } = await trx
        .updateTable('rules')
        .set(ruleColumns(rule))
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await setChannels(id, rule.channelIds);
      return true;
    },
    async delete(id) {
      const { numDeletedRows } = await trx.deleteFrom('rules').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async enabled() {
      const rows = await trx
        .selectFrom('rules')
        .selectAll()
        .where('enabled', '=', true)
        .orderBy('created_at')
        .execute();
      const links = await trx.selectFrom('rule_channels').selectAll().execute();
      return rows.map(({ id, name, enabled, scope, condition }) => ({
        id,
        name,
        enabled,
        scope,
        condition,
        channelIds: links.filter(({ rule_id }) => rule_id === id).map(({ channel_id }) => channel_id),
      }));
    },
    async claimDefaults(now) {
      const row = await trx
        .insertInto('default_rules_made')
        .values({ at: now })
        .onConflict((conflict) => conflict.column('one').doNothing())
        .returning(sql<number>`1`.as('made'))
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function ruleColumns({ name, enabled, scope, condition }: RuleDraft) {
  return { name, enabled, scope: JSON.stringify(scope), condition: JSON.stringify(condition) };
}
