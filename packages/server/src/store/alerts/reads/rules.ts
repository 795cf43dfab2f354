import type { Rule } from '@winesap/api';
import type { RuleScope } from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';
import { ruleOf } from '../rules.ts';

/** Returns all rules, with the name of what each watches. */
export async function readRules(db: Kysely<Tables>): Promise<Rule[]> {
  const rows = await db
    .selectFrom('rules as r')
    .leftJoin('organizations as o', (join) => join.on(sql`o.id::text`, '=', sql`r.scope ->> 'organizationId'`))
    .leftJoin('policies as p', (join) => join.on(sql`p.id::text`, '=', sql`r.scope ->> 'policyId'`))
    .leftJoin('content_tokens as t', (join) =>
      join.on(sql`t.id::text`, '=', sql`r.scope ->> 'tokenId'`).on('t.removed_at', 'is', null),
    )
    .leftJoin('locations as l', 'l.uid', 't.location_uid')
    .selectAll('r')
    .select(['o.name as organization', 'p.name as policy', sql<string | null>`coalesce(l.name, l.uid)`.as('location')])
    .select((eb) =>
      eb
        .selectFrom('alerts as a')
        .select(sql<number>`count(*)::int`.as('n'))
        .whereRef('a.rule_id', '=', 'r.id')
        .where('a.resolved_at', 'is', null)
        .where('a.acknowledged_at', 'is', null)
        .as('open'),
    )
    .orderBy('r.created_at')
    .orderBy('r.name')
    .execute();
  const links = await db.selectFrom('rule_channels').selectAll().orderBy('channel_id').execute();
  return rows.map((row) => {
    const scopeName = { all: null, organization: row.organization, policy: row.policy, token: row.location }[
      (row.scope as RuleScope).kind
    ];
    const { condition, ...rule } = ruleOf(row, links);
    return {
      ...rule,
      condition: condition as Rule['condition'],
      scopeName,
      scopeGone: rule.scope.kind !== 'all' && scopeName === null,
      open: row.open ?? 0,
      createdAt: iso(row.created_at),
    };
  });
}
