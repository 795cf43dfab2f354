import type { Alert, AlertPage } from '@winesap/api';
import { AppError, type RuleCondition } from '@winesap/core';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import { everyRow } from '../../reads/every-row.ts';
import type { Tables } from '../../tables.ts';

export interface AlertFilter {
  organizationId?: string | undefined;
  tokenId?: string | undefined;
  ruleId?: string | undefined;
}

export interface AlertListFilter extends AlertFilter {
  state?: 'open' | 'acknowledged' | 'resolved' | undefined;
}

interface AlertQuery extends AlertListFilter {
  limit: number;
  cursor?: string | undefined;
}

const IS = {
  open: sql<boolean>`a.resolved_at is null and a.acknowledged_at is null`,
  acknowledged: sql<boolean>`a.resolved_at is null and a.acknowledged_at is not null`,
  resolved: sql<boolean>`a.resolved_at is not null`,
};

/**
 * Returns one page of alerts, newest first, in the order in which they were opened, so that new ones never shift it.
 */
export async function readAlertPage(db: Kysely<Tables>, query: AlertQuery): Promise<AlertPage> {
  const { rows, nextCursor } = await readAlerts(db, query);
  return { alerts: rows, nextCursor, counts: await readCounts(db, query) };
}

export function readAllAlerts(db: Kysely<Tables>, filter: AlertListFilter): AsyncGenerator<Alert> {
  return everyRow((page) => readAlerts(db, { ...filter, ...page }));
}

async function readAlerts(db: Kysely<Tables>, query: AlertQuery) {
  let select = filtered(db.selectFrom('alerts as a'), query)
    .innerJoin('rules as r', 'r.id', 'a.rule_id')
    .innerJoin('organizations as o', 'o.id', 'a.organization_id')
    .innerJoin('content_tokens as t', 't.id', 'a.token_id')
    .innerJoin('locations as l', 'l.uid', 't.location_uid')
    .selectAll('a')
    .select(['r.name as rule_name', 'o.name as organization', 'l.name as location', 'l.uid'])
    .select(sql<RuleCondition['kind']>`r.condition ->> 'kind'`.as('kind'))
    .orderBy('a.number', 'desc')
    .limit(query.limit + 1);
  if (query.state !== undefined) select = select.where(IS[query.state]);
  if (query.cursor !== undefined) select = select.where('a.number', '<', parseNumber(query.cursor));
  const rows = await select.execute();
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(
      (row): Alert => ({
        id: row.id,
        ruleId: row.rule_id,
        ruleName: row.rule_name,
        kind: row.kind,
        tokenId: row.token_id,
        organizationId: row.organization_id,
        organizationName: row.organization,
        locationName: row.location ?? row.uid,
        title: row.title,
        text: row.text,
        openedAt: iso(row.opened_at),
        timesNotified: row.times_notified,
        notifiedAt: iso(row.notified_at),
        escalatedAt: iso(row.escalated_at),
        acknowledgedAt: iso(row.acknowledged_at),
        acknowledgedBy: row.acknowledged_by,
        resolvedAt: iso(row.resolved_at),
      }),
    ),
    nextCursor: rows.length > query.limit && last !== undefined ? String(last.number) : null,
  };
}

async function readCounts(db: Kysely<Tables>, filter: AlertFilter): Promise<AlertPage['counts']> {
  const counts = await filtered(db.selectFrom('alerts as a'), filter)
    .select([
      sql<number>`(count(*) filter (where ${IS.open}))::int`.as('open'),
      sql<number>`(count(*) filter (where ${IS.acknowledged}))::int`.as('acknowledged'),
      sql<number>`(count(*) filter (where ${IS.resolved}))::int`.as('resolved'),
    ])
    .executeTakeFirstOrThrow();
  return counts;
}

type FromAlerts = Tables & { a: Tables['alerts'] };

function filtered<O>(
  query: SelectQueryBuilder<FromAlerts, 'a', O>,
  filter: AlertFilter,
): SelectQueryBuilder<FromAlerts, 'a', O> {
  let select = query;
  if (filter.organizationId !== undefined) select = select.where('a.organization_id', '=', filter.organizationId);
  if (filter.tokenId !== undefined) select = select.where('a.token_id', '=', filter.tokenId);
  if (filter.ruleId !== undefined) select = select.where('a.rule_id', '=', filter.ruleId);
  return select;
}

/** A cursor is the number of the last row shown. Errors: cursor.invalid. */
export function parseNumber(cursor: string): number {
  const number = Number(cursor);
  if (!Number.isSafeInteger(number) || number < 0) throw new AppError('cursor.invalid', {});
  return number;
}
