import type { Rechecks } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

export function createRechecks(trx: Transaction<Tables>): Rechecks {
  return {
    async add(uId, rechecks) {
      if (rechecks.length === 0) return;
      await sql`
        insert into rechecks as known (location_uid, adam_id, pricing_param, taken, urgent)
        select ${uId}, * from unnest(
          ${rechecks.map(({ adamId }) => adamId)}::text[],
          ${rechecks.map(({ pricingParam }) => pricingParam)}::text[],
          ${rechecks.map(({ taken }) => taken)}::boolean[],
          ${rechecks.map(({ urgent }) => urgent)}::boolean[])
        on conflict (location_uid, adam_id, pricing_param) do update
          set number = nextval('recheck_numbers'), taken = known.taken or excluded.taken,
            urgent = known.urgent or excluded.urgent`.execute(trx);
    },
    async of(uId) {
      const rows = await trx
        .selectFrom('rechecks')
        .select(['adam_id', 'pricing_param', 'number', 'taken', 'urgent'])
        .where('location_uid', '=', uId)
        .orderBy('number')
        .execute();
      return rows.map(({ adam_id: adamId, pricing_param: pricingParam, ...recheck }) => ({
        adamId,
        pricingParam,
        ...recheck,
      }));
    },
    async settle(uId, upTo, asset) {
      let query = trx.deleteFrom('rechecks').where('location_uid', '=', uId).where('number', '<=', upTo);
      if (asset !== null)
        query = query.where('adam_id', '=', asset.adamId).where('pricing_param', '=', asset.pricingParam);
      await query.execute();
    },
    async mayScan(uId, before, now) {
      const noted = await trx
        .updateTable('hooks')
        .set({ scan_asked_at: now })
        .where('location_uid', '=', uId)
        .where((eb) => eb.or([eb('scan_asked_at', 'is', null), eb('scan_asked_at', '<', before)]))
        .executeTakeFirst();
      return noted.numUpdatedRows === 1n;
    },
  };
}
