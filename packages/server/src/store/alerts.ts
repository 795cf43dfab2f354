import type { Alerts, Reason } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { policyPaths } from './policy-paths.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement, so that 5,000 alerts at once stay below the limit of its parameters. */
const BATCH = 500;

export function createAlerts(trx: Transaction<Tables>): Alerts {
  return {
    async facts() {
      const paths = await policyPaths(trx);
      const rows = await trx
        .selectFrom('content_tokens as t')
        .innerJoin('organizations as o', 'o.id', 't.organization_id')
        .innerJoin('locations as l', 'l.uid', 't.location_uid')
        .where('t.removed_at', 'is', null)
        .select(['t.id', 't.organization_id', 't.policy_id', 't.location_uid', 't.expires_at', 't.state'])
        .select(['t.state_since', 't.synced_at', 't.added_at', 't.claim', 't.mdm_id', 't.mdm_name'])
        .select(['o.name as organization', 'l.name as location'])
        .execute();
      return rows.map((row) => ({
        tokenId: row.id,
        organizationId: row.organization_id,
        organizationName: row.organization,
        policyPath: row.policy_id === null ? [] : (paths.get(row.policy_id) ?? []),
        locationName: row.location ?? row.location_uid,
        expiresAt: row.expires_at,
        state: row.state,
        stateSince: row.state_since,
        readAt: row.synced_at ?? row.added_at,
        claim: row.claim,
        claimId: row.mdm_id,
        claimName: row.mdm_name,
      }));
    },
    async toldSince(ruleId, instant) {
      const rows = await trx
        .selectFrom('alerts')
        .select('subject')
        .distinct()
        .where('rule_id', '=', ruleId)
        .where('opened_at', '>', instant)
        .execute();
      return new Set(rows.map(({ subject }) => subject));
    },
    async open(ruleId, reasons, now) {
      const opened: { id: string; reason: Reason }[] = [];
      for (let from = 0; from < reasons.length; from += BATCH) {
        const byKey = new Map(reasons.slice(from, from + BATCH).map((reason) => [reason.key, reason]));
        const rows = await trx
          .insertInto('alerts')
          .values(
            [...byKey.values()].map(({ key, subject, tokenId, organizationId, title, text }) => ({
              rule_id: ruleId,
              key,
              subject,
              token_id: tokenId,
              organization_id: organizationId,
              title,
              text,
              opened_at: now,
            })),
          )
          .onConflict((conflict) => conflict.constraint('alerts_key').doNothing())
          .returning(['id', 'key'])
          .execute();
        for (const { id, key } of rows) {
          const reason = byKey.get(key);
          if (reason !== undefined) opened.push({ id, reason });
        }
      }
      return opened;
    },
    async resolveOthers(ruleId, keys, now) {
      await trx
        .updateTable('alerts')
        .set({ resolved_at: now })
        .where('rule_id', '=', ruleId)
        .where('resolved_at', 'is', null)
        .where(sql<boolean>`not (key = any(${[...keys]}::text[]))`)
        .execute();
    },
    async acknowledge(id, by, now) {
      const row = await trx
        .updateTable('alerts')
        .set({
          acknowledged_at: sql<Date>`coalesce(acknowledged_at, ${now}::timestamptz)`,
          acknowledged_by: sql<string>`coalesce(acknowledged_by, ${by}::text)`,
        })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
