import type { Metadata } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { tell } from './live.ts';
import type { Tables } from './tables.ts';

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
    async notReadSince(uId, before, limit) {
      const country = await countryOf(uId);
      const rows = await trx
        .selectFrom('assets')
        .leftJoin('asset_metadata', (join) =>
          join.onRef('asset_metadata.adam_id', '=', 'assets.adam_id').on('asset_metadata.country', '=', country),
        )
        .select('assets.adam_id')
        .distinct()
        .where('assets.location_uid', '=', uId)
        .where('assets.gone_at', 'is', null)
        .where((eb) => eb.or([eb('asset_metadata.read_at', 'is', null), eb('asset_metadata.read_at', '<', before)]))
        .limit(limit)
        .execute();
      return rows.map(({ adam_id }) => adam_id);
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
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['adam_id', 'country']).doUpdateSet((eb) => ({
            // What the store once told stays when it is silent now: it may no longer sell what is still owned.
            name: eb.fn.coalesce('excluded.name', 'asset_metadata.name'),
            bundle_id: eb.fn.coalesce('excluded.bundle_id', 'asset_metadata.bundle_id'),
            icon_url: eb.fn.coalesce('excluded.icon_url', 'asset_metadata.icon_url'),
            icon: sql`case when excluded.icon_url is distinct from asset_metadata.icon_url and excluded.icon_url is not null then null else asset_metadata.icon end`,
            read_at: now,
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
        await tell(trx, {
          topic: 'token',
          tokenId: token.id,
          policyId: token.policy_id,
          organizationId: token.organization_id,
        });
    },
  };
}
