import type { PendingAlerts, RuleCondition } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Rows per statement, so that 5,000 at once stay below the limit on parameters. */
const BATCH = 500;

export function createPendingAlerts(trx: Transaction<Tables>): PendingAlerts {
  return {
    async add(pendingAlerts, now) {
      for (let from = 0; from < pendingAlerts.length; from += BATCH)
        await trx
          .insertInto('pending_alerts')
          .values(
            pendingAlerts.slice(from, from + BATCH).map(({ channelId, alertId, why, number, urgent }) => ({
              channel_id: channelId,
              alert_id: alertId,
              why,
              number,
              urgent,
              since: now,
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .execute();
    },
    async waiting(now) {
      await trx.updateTable('pending_alerts').set({ since: now }).where('since', '>', now).execute();
      const rows = await trx
        .selectFrom('pending_alerts as t')
        .innerJoin('channels as c', 'c.id', 't.channel_id')
        .where('c.disabled_at', 'is', null)
        .select(['t.channel_id', 't.alert_id', 't.since', 't.urgent'])
        .execute();
      return rows.map(({ channel_id, alert_id, since, urgent }) => ({
        channelId: channel_id,
        alertId: alert_id,
        since,
        urgent,
      }));
    },
    async take(channelId, alertIds) {
      const rows = await trx
        .selectFrom('pending_alerts as t')
        .innerJoin('alerts as a', 'a.id', 't.alert_id')
        .innerJoin('rules as r', 'r.id', 'a.rule_id')
        .innerJoin('organizations as o', 'o.id', 'a.organization_id')
        .innerJoin('content_tokens as c', 'c.id', 'a.token_id')
        .innerJoin('locations as l', 'l.uid', 'c.location_uid')
        .where('t.channel_id', '=', channelId)
        .where(sql<boolean>`t.alert_id = any(${[...alertIds]}::uuid[])`)
        .select(['t.why', 'a.id', 'a.title', 'a.text', 'a.token_id', 'a.organization_id', 'a.acknowledged_at'])
        .select(['o.name as organization', 'l.name as location', 'l.uid'])
        // A momentary event has no end: it counts as over from the start, but not as resolved in the meantime.
        .select(sql<boolean>`a.resolved_at is not null and a.resolved_at > a.opened_at`.as('resolved'))
        .select(sql<RuleCondition['kind']>`r.condition ->> 'kind'`.as('kind'))
        .orderBy('t.since')
        .orderBy('a.number')
        .execute();
      await trx
        .deleteFrom('pending_alerts')
        .where('channel_id', '=', channelId)
        .where(sql<boolean>`alert_id = any(${[...alertIds]}::uuid[])`)
        .execute();
      return rows.map((row) => ({
        why: row.why,
        resolved: row.resolved,
        acknowledged: row.acknowledged_at !== null,
        alert: {
          id: row.id,
          kind: row.kind,
          title: row.title,
          text: row.text,
          tokenId: row.token_id,
          organizationId: row.organization_id,
          organizationName: row.organization,
          locationName: row.location ?? row.uid,
        },
      }));
    },
  };
}
