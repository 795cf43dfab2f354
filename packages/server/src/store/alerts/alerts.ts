import type { AlertFilter, Alerts } from '@winesap/core';
import { type Expression, type SqlBool, sql, type Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';
import { readAlertFacts, readFailedAssignments, readLowAssets } from './alert-facts.ts';

/** Rows per statement, so that 5,000 alerts at once stay below the limit on parameters. */
const BATCH = 500;

export function createAlerts(trx: Transaction<Tables>): Alerts {
  const notifyAlerts = () => notifyLive(trx, { topic: 'alert' });
  const unsettled = (ruleId: string) =>
    trx
      .updateTable('alerts')
      .where('rule_id', '=', ruleId)
      .where('acknowledged_at', 'is', null)
      .where('resolved_at', 'is', null);
  return {
    async lock() {
      await trx.selectFrom('alerting').select('one').forUpdate().executeTakeFirstOrThrow();
    },
    facts: () => readAlertFacts(trx),
    lowAssets: (condition) => readLowAssets(trx, condition),
    failedAssignments: (since) => readFailedAssignments(trx, since),
    async openOf(ruleId) {
      return trx
        .selectFrom('alerts')
        .select(['key', 'subject'])
        .where('rule_id', '=', ruleId)
        .where('resolved_at', 'is', null)
        .execute();
    },
    async known(ruleId, keys) {
      const rows = await trx
        .selectFrom('alerts')
        .select('key')
        .where('rule_id', '=', ruleId)
        .where(isOneOf('key', keys))
        .execute();
      return new Set(rows.map(({ key }) => key));
    },
    async notifiedBetween(ruleId, from, to) {
      const rows = await trx
        .selectFrom('alerts')
        .select('subject')
        .distinct()
        .where('rule_id', '=', ruleId)
        .where('opened_at', '>', from)
        .where('opened_at', '<', to)
        .execute();
      return new Set(rows.map(({ subject }) => subject));
    },
    async open(ruleId, reasons, now) {
      const opened: string[] = [];
      for (let from = 0; from < reasons.length; from += BATCH) {
        const rows = await trx
          .insertInto('alerts')
          .values(
            reasons.slice(from, from + BATCH).map(({ key, subject, tokenId, organizationId, title, text, moment }) => ({
              rule_id: ruleId,
              key,
              subject,
              token_id: tokenId,
              organization_id: organizationId,
              title,
              text,
              opened_at: now,
              notified_at: now,
              resolved_at: moment ? now : null,
            })),
          )
          .onConflict((conflict) => conflict.constraint('alerts_key').doNothing())
          .returning('id')
          .execute();
        opened.push(...rows.map(({ id }) => id));
      }
      if (opened.length > 0) await notifyAlerts();
      return opened;
    },
    async reopen(ruleId, keys) {
      const { numUpdatedRows } = await trx
        .updateTable('alerts')
        .set({ resolved_at: null })
        .where('rule_id', '=', ruleId)
        .where(isOneOf('key', keys))
        .where('resolved_at', 'is not', null)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await notifyAlerts();
    },
    async resolve(ruleId, keys, now) {
      await trx
        .updateTable('alerts')
        .set({ resolved_at: now })
        .where('rule_id', '=', ruleId)
        .where('resolved_at', 'is', null)
        .where(isOneOf('key', keys))
        .execute();
      await notifyAlerts();
    },
    async notifyAgain(ruleId, before, now) {
      // A clock that was ahead left times in the future: from now on they count as now.
      await unsettled(ruleId).set({ notified_at: now }).where('notified_at', '>', now).execute();
      const rows = await unsettled(ruleId)
        .set((eb) => ({ notified_at: now, times_notified: eb('times_notified', '+', 1) }))
        .where('notified_at', '<=', before)
        .returning(['id', 'times_notified'])
        .execute();
      if (rows.length > 0) await notifyAlerts();
      return rows.map(({ id, times_notified }) => ({ id, times: times_notified }));
    },
    async escalate(ruleId, openedBefore, now) {
      const rows = await unsettled(ruleId)
        .set({ escalated_at: now })
        .where('escalated_at', 'is', null)
        .where('opened_at', '<=', openedBefore)
        .returning('id')
        .execute();
      if (rows.length > 0) await notifyAlerts();
      return rows.map(({ id }) => id);
    },
    async acknowledge(id, by, now) {
      const before = await trx
        .selectFrom('alerts')
        .select(['title', 'token_id', 'organization_id', 'acknowledged_at'])
        .where('id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (before === undefined) return null;
      const { title, token_id: tokenId, organization_id: organizationId, acknowledged_at: at } = before;
      if (at === null) {
        await trx
          .updateTable('alerts')
          .set({ acknowledged_at: now, acknowledged_by: by })
          .where('id', '=', id)
          .execute();
        await notifyAlerts();
      }
      return { title, tokenId, organizationId, changed: at === null };
    },
    async unacknowledge(id) {
      const [alert] = await trx
        .selectFrom('alerts')
        .select(['title', 'token_id', 'organization_id'])
        .where('id', '=', id)
        .execute();
      if (alert === undefined) return null;
      const { numUpdatedRows } = await trx
        .updateTable('alerts')
        .set({ acknowledged_at: null, acknowledged_by: null })
        .where('id', '=', id)
        .where('acknowledged_at', 'is not', null)
        .where('resolved_at', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows > 0n) await notifyAlerts();
      const { title, token_id: tokenId, organization_id: organizationId } = alert;
      return { title, tokenId, organizationId, changed: numUpdatedRows > 0n };
    },
    async acknowledgeAll(filter, by, now) {
      let update = trx
        .updateTable('alerts')
        .set({ acknowledged_at: now, acknowledged_by: by })
        .where('acknowledged_at', 'is', null)
        .where('resolved_at', 'is', null);
      for (const [column, value] of columnsOf(filter)) update = update.where(column, '=', value);
      const { numUpdatedRows } = await update.executeTakeFirst();
      if (numUpdatedRows > 0n) await notifyAlerts();
      return Number(numUpdatedRows);
    },
    async deleteResolvedBefore(instant) {
      const { numDeletedRows } = await trx.deleteFrom('alerts').where('resolved_at', '<', instant).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function isOneOf(column: 'key', values: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} = any(${[...values]}::text[])`;
}

function columnsOf(filter: AlertFilter): ['organization_id' | 'token_id' | 'rule_id', string][] {
  const columns = { organization_id: filter.organizationId, token_id: filter.tokenId, rule_id: filter.ruleId };
  return Object.entries(columns).filter((one): one is ['organization_id', string] => one[1] !== undefined);
}
