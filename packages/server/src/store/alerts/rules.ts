import type { RuleDraft, RuleScope, Rules } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

export function createRules(trx: Transaction<Tables>): Rules {
  const setChannels = async (id: string, { channelIds, escalation }: RuleDraft) => {
    await trx.deleteFrom('rule_channels').where('rule_id', '=', id).execute();
    const rows = [
      ...[...new Set(channelIds)].map((one) => ({ rule_id: id, channel_id: one, purpose: 'notify' as const })),
      ...[...new Set(escalation?.channelIds)].map((one) => ({
        rule_id: id,
        channel_id: one,
        purpose: 'escalate' as const,
      })),
    ];
    if (rows.length > 0) await trx.insertInto('rule_channels').values(rows).execute();
    await notifyLive(trx, { topic: 'alert' });
  };
  return {
    async insert(rule, now) {
      const { id } = await trx
        .insertInto('rules')
        .values({ ...ruleColumns(rule), created_at: now })
        .returning('id')
        .executeTakeFirstOrThrow();
      await setChannels(id, rule);
      return id;
    },
    async change(id, rule) {
      const { numUpdatedRows } = await trx
        .updateTable('rules')
        .set(ruleColumns(rule))
        .where('id', '=', id)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await setChannels(id, rule);
      return true;
    },
    async delete(id) {
      const row = await trx.deleteFrom('rules').where('id', '=', id).returning('name').executeTakeFirst();
      await notifyLive(trx, { topic: 'alert' });
      return row?.name ?? null;
    },
    async all() {
      const rows = await trx.selectFrom('rules').selectAll().orderBy('created_at').orderBy('id').execute();
      const links = await trx.selectFrom('rule_channels').selectAll().orderBy('channel_id').execute();
      return rows.map((row) => ({ ...ruleOf(row, links) }));
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
    scopeExists: (scope) => scopeExists(trx, scope),
  };
}

interface RuleRow {
  id: string;
  name: string;
  enabled: boolean;
  scope: RuleScope;
  condition: RuleDraft['condition'];
  urgent: boolean;
  repeat_hours: number | null;
  escalate_hours: number | null;
}

/** Returns a rule from its row and the channels that it is linked to. An escalation without channels is dropped. */
export function ruleOf(row: RuleRow, links: readonly { rule_id: string; channel_id: string; purpose: string }[]) {
  const linked = (purpose: 'notify' | 'escalate') =>
    links.filter((link) => link.rule_id === row.id && link.purpose === purpose).map(({ channel_id }) => channel_id);
  const escalateTo = linked('escalate');
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    scope: row.scope,
    condition: row.condition,
    channelIds: linked('notify'),
    urgent: row.urgent,
    repeatHours: row.repeat_hours,
    escalation:
      row.escalate_hours === null || escalateTo.length === 0
        ? null
        : { afterHours: row.escalate_hours, channelIds: escalateTo },
  };
}

function ruleColumns({ name, enabled, scope, condition, urgent, repeatHours, escalation }: RuleDraft) {
  return {
    name,
    enabled,
    scope: JSON.stringify(scope),
    condition: JSON.stringify(condition),
    urgent,
    repeat_hours: repeatHours,
    escalate_hours: escalation?.afterHours ?? null,
  };
}

async function scopeExists(trx: Transaction<Tables>, scope: RuleScope): Promise<boolean> {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'organization':
      return isThere(trx.selectFrom('organizations').select('id').where('id', '=', scope.organizationId));
    case 'policy':
      return isThere(trx.selectFrom('policies').select('id').where('id', '=', scope.policyId));
    case 'token':
      return isThere(
        trx.selectFrom('content_tokens').select('id').where('id', '=', scope.tokenId).where('removed_at', 'is', null),
      );
  }
}

async function isThere(query: { executeTakeFirst(): Promise<unknown> }): Promise<boolean> {
  return (await query.executeTakeFirst()) !== undefined;
}
