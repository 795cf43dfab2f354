import type { Metadata, NameSchedule } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

/** When to ask the store about an asset again; `m` is its row. */
function dueAt({ namedMs, namelessMs: [first, second, later] }: NameSchedule) {
  return sql<Date>`m.read_at + interval '1 millisecond' * (case when m.name is not null then ${namedMs}::float8
    when m.tries <= 1 then ${first}::float8 when m.tries = 2 then ${second}::float8 else ${later}::float8 end)`;
}

export function createMetadata(trx: Transaction<Tables>): Metadata {
  const countryOf = async (uId: string): Promise<string> => {
    const row = await trx.selectFrom('locations').select('country').where('uid', '=', uId).executeTakeFirst();
    return row?.country?.toLowerCase() ?? '';
  };
  return {
    async names(uId, adamIds) {
      if (adamIds.length === 0) return new Map();
      const rows = await trx
        .selectFrom('asset_metadata')
        .select(['adam_id', 'name'])
        .where('country', '=', await countryOf(uId))
        .where('adam_id', 'in', adamIds)
        .execute();
      return new Map(rows.flatMap(({ adam_id, name }) => (name === null ? [] : [[adam_id, name]])));
    },
    async due(uId, schedule, now, limit) {
      const country = await countryOf(uId);
      const { rows } = await sql<{ adam_id: string }>`
        select a.adam_id from (select distinct adam_id from assets where location_uid = ${uId} and gone_at is null) a
        left join asset_metadata m on m.adam_id = a.adam_id and m.country = ${country}
        where m.read_at is null or ${dueAt(schedule)} <= ${now}
        order by m.name is not null, m.read_at nulls first limit ${limit}`.execute(trx);
      return rows.map(({ adam_id }) => adam_id);
    },
    async namelessAt(uId, schedule) {
      const country = await countryOf(uId);
      const { rows } = await sql<{ at: Date | null }>`
        select min(${dueAt(schedule)}) as at from assets a
        join asset_metadata m on m.adam_id = a.adam_id and m.country = ${country} and m.name is null
        where a.location_uid = ${uId} and a.gone_at is null`.execute(trx);
      return rows[0]?.at ?? null;
    },
    async noteSilence(uId, adamIds, now) {
      if (adamIds.length === 0) return;
      const country = await countryOf(uId);
      await trx
        .insertInto('asset_metadata')
        .values(adamIds.map((adam_id) => ({ adam_id, country, read_at: now, tries: 1 })))
        .onConflict((conflict) =>
          conflict
            .columns(['adam_id', 'country'])
            .doUpdateSet((eb) => ({ read_at: now, tries: eb('asset_metadata.tries', '+', 1) }))
            .where('asset_metadata.name', 'is', null),
        )
        .execute();
    },
    async save(uId, items, now) {
      if (items.length === 0) return;
      const country = await countryOf(uId);
      await trx
        .insertInto('asset_metadata')
        .values(
          items.map((item) => ({
            adam_id: item.adamId,
            country,
            name: item.name,
            bundle_id: item.bundleId,
            icon_url: item.iconUrl,
            read_at: now,
            tries: item.name === null ? 1 : 0,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['adam_id', 'country']).doUpdateSet((eb) => ({
            // Earlier answers stay when the store is silent now: it may no longer sell what is still owned.
            name: eb.fn.coalesce('excluded.name', 'asset_metadata.name'),
            bundle_id: eb.fn.coalesce('excluded.bundle_id', 'asset_metadata.bundle_id'),
            icon_url: eb.fn.coalesce('excluded.icon_url', 'asset_metadata.icon_url'),
            icon: sql`case when excluded.icon_url is distinct from asset_metadata.icon_url and excluded.icon_url is not null then null else asset_metadata.icon end`,
            read_at: now,
            tries: sql<number>`case when coalesce(excluded.name, asset_metadata.name) is null then asset_metadata.tries + 1 else 0 end`,
          })),
        )
        .execute();
      const token = await trx
        .selectFrom('content_tokens')
        .select(['id', 'policy_id', 'organization_id'])
        .where('location_uid', '=', uId)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      if (token?.policy_id)
        await notifyLive(trx, {
          topic: 'token',
          tokenId: token.id,
          policyId: token.policy_id,
          organizationId: token.organization_id,
        });
    },
  };
}
