import type { Alert, Rule } from '@winesap/api';
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { iso } from './apple-said.ts';

export interface AlertQuery {
  state?: 'open' | 'acknowledged' | 'resolved' | undefined;
  organizationId?: string | undefined;
  tokenId?: string | undefined;
  limit: number;
}

/** Alerts, newest first. Open: neither acknowledged nor resolved. */
export async function readAlerts(db: Kysely<Tables>, query: AlertQuery): Promise<Alert[]> {
  let select = db
    .selectFrom('alerts as a')
    .innerJoin('rules as r', 'r.id', 'a.rule_id')
    .selectAll('a')
    .select('r.name as rule_name')
    .orderBy('a.opened_at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(query.limit);
  if (query.organizationId !== undefined) select = select.where('a.organization_id', '=', query.organizationId);
  if (query.tokenId !== undefined) select = select.where('a.token_id', '=', query.tokenId);
  if (query.state === 'resolved') select = select.where('a.resolved_at', 'is not', null);
  else if (query.state !== undefined) {
    const acknowledged = query.state === 'acknowledged';
    select = select.where('a.resolved_at', 'is', null).where('a.acknowledged_at', acknowledged ? 'is not' : 'is', null);
  }
  const rows = await select.execute();
  return rows.map((row) => ({
    id: row.id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    tokenId: row.token_id,
    organizationId: row.organization_id,
    title: row.title,
    text: row.text,
    openedAt: iso(row.opened_at),
    acknowledgedAt: row.acknowledged_at === null ? null : iso(row.acknowledged_at),
    acknowledgedBy: row.acknowledged_by,
    resolvedAt: row.resolved_at === null ? null : iso(row.resolved_at),
  }));
}

export async function readRules(db: Kysely<Tables>): Promise<Rule[]> {
  const rows = await db.selectFrom('rules').selectAll().orderBy('created_at').orderBy('name').execute();
  const links = await db.selectFrom('rule_channels').selectAll().execute();
  return rows.map(({ id, name, enabled, scope, condition }) => ({
    id,
    name,
    enabled,
    scope,
    condition: condition as Rule['condition'],
    channelIds: links.filter(({ rule_id }) => rule_id === id).map(({ channel_id }) => channel_id),
  }));
}
