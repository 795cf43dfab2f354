import type { Asset, Assets } from '@winesap/core';
import { type Selectable, sql, type Transaction } from 'kysely';
import { judgeLow } from './judge-low.ts';
import type { Tables } from './tables.ts';

export function createAssets(trx: Transaction<Tables>): Assets {
  return {
    async list(uId) {
      const rows = await trx
        .selectFrom('assets')
        .selectAll()
        .where('location_uid', '=', uId)
        .where('gone_at', 'is', null)
        .execute();
      return rows.map(rowToAsset);
    },
    async byKey(uId, adamId, pricingParam) {
      const row = await trx
        .selectFrom('assets')
        .innerJoin('locations', 'locations.uid', 'assets.location_uid')
        .leftJoin('asset_metadata', (join) =>
          join
            .onRef('asset_metadata.adam_id', '=', 'assets.adam_id')
            .on('asset_metadata.country', '=', sql<string>`coalesce(lower(locations.country), '')`),
        )
        .selectAll('assets')
        .select('asset_metadata.name')
        .where('assets.location_uid', '=', uId)
        .where('assets.adam_id', '=', adamId)
        .where('assets.pricing_param', '=', pricingParam)
        .executeTakeFirst();
      return row === undefined ? null : { ...rowToAsset(row), name: row.name };
    },
    async replace(uId, assets, readAt) {
      await trx
        .updateTable('assets')
        .set({ gone_at: readAt })
        .where('location_uid', '=', uId)
        .where('gone_at', 'is', null)
        .execute();
      for (const part of inParts(assets, 500)) await upsert(trx, uId, part, readAt);
      await judgeLow(trx, { uId }, readAt);
    },
    async confirm(uId, readAt) {
      await trx
        .updateTable('assets')
        .set({ read_at: readAt })
        .where('location_uid', '=', uId)
        .where('gone_at', 'is', null)
        .execute();
    },
    async stage(scanId, assignments) {
      if (assignments.length === 0) return 0;
      const staged = await sql`
        insert into staged_assignments (scan_id, adam_id, pricing_param, holder_kind, holder)
        select ${scanId}::uuid, * from unnest(
          ${assignments.map(({ adamId }) => adamId)}::text[],
          ${assignments.map(({ pricingParam }) => pricingParam)}::text[],
          ${assignments.map(({ holderKind }) => holderKind)}::text[],
          ${assignments.map(({ holder }) => holder)}::text[])
        on conflict do nothing`.execute(trx);
      return Number(staged.numAffectedRows ?? 0n);
    },
    async unstage(scanId) {
      await trx.deleteFrom('staged_assignments').where('scan_id', '=', scanId).execute();
    },
    async mergeStaged(scanId, uId) {
      const removed = await sql`
        delete from assignments held where location_uid = ${uId} and not exists (
          select from staged_assignments staged where staged.scan_id = ${scanId}::uuid
            and staged.adam_id = held.adam_id and staged.pricing_param = held.pricing_param
            and staged.holder_kind = held.holder_kind and staged.holder = held.holder)`.execute(trx);
      const assigned = await addStaged(trx, scanId, uId);
      const held = await trx.deleteFrom('staged_assignments').where('scan_id', '=', scanId).executeTakeFirst();
      return {
        assigned,
        unassigned: Number(removed.numAffectedRows ?? 0n),
        held: Number(held.numDeletedRows),
      };
    },
    async countFresh(scanId, uId) {
      const { rows } = await sql<{ fresh: string }>`
        select count(*) as fresh from staged_assignments staged
        where staged.scan_id = ${scanId}::uuid and not exists (
          select from assignments held where held.location_uid = ${uId}
            and staged.adam_id = held.adam_id and staged.pricing_param = held.pricing_param
            and staged.holder_kind = held.holder_kind and staged.holder = held.holder)`.execute(trx);
      return Number(rows[0]?.fresh ?? 0);
    },
    async addStaged(scanId, uId) {
      const assigned = await addStaged(trx, scanId, uId);
      await trx.deleteFrom('staged_assignments').where('scan_id', '=', scanId).execute();
      return assigned;
    },
  };
}

async function addStaged(trx: Transaction<Tables>, scanId: string, uId: string): Promise<number> {
  const added = await sql`
    insert into assignments (location_uid, adam_id, pricing_param, holder_kind, holder)
    select ${uId}, adam_id, pricing_param, holder_kind, holder
    from staged_assignments where scan_id = ${scanId}::uuid
    on conflict do nothing`.execute(trx);
  return Number(added.numAffectedRows ?? 0n);
}

async function upsert(trx: Transaction<Tables>, uId: string, assets: readonly Asset[], readAt: Date): Promise<void> {
  await trx
    .insertInto('assets')
    .values(
      assets.map((asset) => ({
        location_uid: uId,
        adam_id: asset.adamId,
        pricing_param: asset.pricingParam,
        product_type: asset.productType,
        unlimited: asset.unlimited,
        total: asset.total,
        assigned: asset.assigned,
        available: asset.available,
        retired: asset.retired,
        device_assignable: asset.deviceAssignable,
        revocable: asset.revocable,
        platforms: asset.platforms,
        read_at: readAt,
        gone_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['location_uid', 'adam_id', 'pricing_param']).doUpdateSet((eb) => ({
        product_type: eb.ref('excluded.product_type'),
        unlimited: eb.ref('excluded.unlimited'),
        total: eb.ref('excluded.total'),
        assigned: eb.ref('excluded.assigned'),
        available: eb.ref('excluded.available'),
        retired: eb.ref('excluded.retired'),
        device_assignable: eb.ref('excluded.device_assignable'),
        revocable: eb.ref('excluded.revocable'),
        platforms: eb.ref('excluded.platforms'),
        read_at: eb.ref('excluded.read_at'),
        gone_at: null,
      })),
    )
    .execute();
}

function rowToAsset(row: Selectable<Tables['assets']>): Asset {
  return {
    adamId: row.adam_id,
    pricingParam: row.pricing_param,
    productType: row.product_type,
    unlimited: row.unlimited,
    total: row.total,
    assigned: row.assigned,
    available: row.available,
    retired: row.retired,
    deviceAssignable: row.device_assignable,
    revocable: row.revocable,
    platforms: row.platforms,
  };
}

function* inParts<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
