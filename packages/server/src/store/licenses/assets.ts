import {
  type Asset,
  type Assets,
  assetKey,
  type Discrepancy,
  type KnownAsset,
  type NamedWeighing,
} from '@winesap/core';
import { type Selectable, sql, type Transaction } from 'kysely';
import { HELD_NOW } from '../held-now.ts';
import type { Tables } from '../tables.ts';
import { addToCounts } from './add-to-counts.ts';
import { assign, unassign } from './assignment-overrides.ts';
import { holdersOf } from './holders-of.ts';
import { keepCounts } from './keep-counts.ts';
import { thinDays } from './thin-days.ts';

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
    async replace(uId, weighed, readAt) {
      const known = await numbersByKey(trx, uId);
      const gone = weighed.flatMap(({ key, asset }) => (asset === null ? [known.get(key)] : []));
      await trx
        .updateTable('assets')
        .set({ gone_at: readAt, discrepancy: null, surplus: 0 })
        .where('no', '=', (eb) => eb.fn.any(eb.val(gone.filter((no) => no !== undefined))))
        .where('gone_at', 'is', null)
        .execute();
      const listed = weighed.flatMap(({ asset, ...rest }) => (asset === null ? [] : [{ asset, ...rest }]));
      await keepDiscrepancies(
        trx,
        listed.filter(({ counts }) => counts === 'as-known').flatMap((one) => withNumber(one, known)),
      );
      const said = listed.filter(({ counts }) => counts === 'as-said');
      // NOTE: not one INSERT … ON CONFLICT, which consumes a number for every existing row.
      await update(
        trx,
        said.flatMap((one) => withNumber(one, known)),
        readAt,
      );
      for (const part of inParts(
        said.filter(({ key }) => !known.has(key)),
        500,
      ))
        await insert(trx, uId, part, readAt);
      await keepCounts(trx, uId, readAt);
    },
    async confirm(uId, readAt) {
      await trx
        .updateTable('assets')
        .set({ read_at: readAt, discrepancy: null })
        .where('location_uid', '=', uId)
        .where('gone_at', 'is', null)
        .execute();
    },
    async isHeld(uId, { adamId, pricingParam, holderKind, holder }) {
      const { rows } = await sql`
        select 1 from assignments join locations on locations.no = assignments.location_no
        join assets on assets.no = assignments.asset_no
        where locations.uid = ${uId} and assets.location_uid = ${uId} and assets.adam_id = ${adamId}
          and assets.pricing_param = ${pricingParam} and user_held = ${holderKind === 'user'}::boolean
          and holder = ${holder} and ${HELD_NOW}`.execute(trx);
      return rows.length > 0;
    },
    assign: (uId, rows) => assign(trx, uId, rows),
    unassign: (uId, rows) => unassign(trx, uId, rows),
    addToCounts: (uId, changes) => addToCounts(trx, uId, changes),
    judge: (uId, now) => keepCounts(trx, uId, now),
    thinDays: (now) => thinDays(trx, now),
    holders: (uId, name, after) => holdersOf(trx, uId, name, after),
    async saveOne(uId, asset, surplus, readAt) {
      const saved = await trx
        .updateTable('assets')
        .set((eb) => ({
          ...columnsOfAsset(asset),
          surplus,
          discrepancy: null,
          read_at: readAt,
          gone_at: null,
          listed_at: eb.fn.coalesce('listed_at', eb.val(readAt)),
        }))
        .where('location_uid', '=', uId)
        .where('adam_id', '=', asset.adamId)
        .where('pricing_param', '=', asset.pricingParam)
        .executeTakeFirst();
      if (saved.numUpdatedRows === 0n) await insert(trx, uId, [{ asset, surplus, discrepancy: null }], readAt);
      await keepCounts(trx, uId, readAt);
    },
  };
}

async function numbersByKey(trx: Transaction<Tables>, uId: string): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('assets')
    .select(['no', 'adam_id', 'pricing_param'])
    .where('location_uid', '=', uId)
    .execute();
  return new Map(rows.map((row) => [assetKey({ adamId: row.adam_id, pricingParam: row.pricing_param }), row.no]));
}

type Weighed = Pick<NamedWeighing, 'surplus' | 'discrepancy'> & { asset: Asset };

function withNumber(one: Weighed & { key: string }, known: ReadonlyMap<string, number>) {
  const no = known.get(one.key);
  return no === undefined ? [] : [{ no, ...columnsOf(one) }];
}

function columnsOf({ asset, surplus, discrepancy }: Weighed) {
  return { ...columnsOfAsset(asset), surplus, discrepancy };
}

type Columns = { no: number } & ReturnType<typeof columnsOf>;

async function insert(trx: Transaction<Tables>, uId: string, assets: readonly Weighed[], readAt: Date): Promise<void> {
  await trx
    .insertInto('assets')
    .values(
      assets.map(({ asset, surplus, discrepancy }) => ({
        location_uid: uId,
        adam_id: asset.adamId,
        pricing_param: asset.pricingParam,
        ...columnsOfAsset(asset),
        surplus,
        discrepancy: discrepancy === null ? null : JSON.stringify(discrepancy),
        read_at: readAt,
        listed_at: readAt,
        gone_at: null,
      })),
    )
    .execute();
}

async function update(trx: Transaction<Tables>, rows: readonly Columns[], readAt: Date): Promise<void> {
  await sql`
    update assets set product_type = read.product_type, unlimited = read.unlimited, total = read.total,
      assigned = read.assigned, available = read.available, retired = read.retired,
      surplus = read.surplus, discrepancy = read.discrepancy,
      device_assignable = read.device_assignable, revocable = read.revocable, platforms = read.platforms,
      read_at = ${readAt}::timestamptz, listed_at = coalesce(assets.listed_at, ${readAt}::timestamptz), gone_at = null
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as read (no integer, product_type text, unlimited boolean,
      total integer, assigned integer, available integer, retired integer, surplus integer, discrepancy jsonb,
      device_assignable boolean, revocable boolean, platforms text[])
    where assets.no = read.no`.execute(trx);
}

/** The discrepancy, stored beside unchanged counts. */
async function keepDiscrepancies(trx: Transaction<Tables>, rows: readonly Columns[]): Promise<void> {
  const kept = rows.map(({ no, surplus, discrepancy }) => ({ no, surplus, discrepancy }));
  await sql`
    update assets set surplus = kept.surplus, discrepancy = kept.discrepancy
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as kept (no integer, surplus integer, discrepancy jsonb)
    where assets.no = kept.no`.execute(trx);
}

function columnsOfAsset(asset: Asset) {
  return {
    product_type: asset.productType,
    unlimited: asset.unlimited,
    total: asset.total,
    assigned: asset.assigned,
    available: asset.available,
    retired: asset.retired,
    device_assignable: asset.deviceAssignable,
    revocable: asset.revocable,
    platforms: asset.platforms,
  };
}

function rowToAsset(row: Selectable<Tables['assets']>): KnownAsset {
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
    surplus: row.surplus,
    discrepancy: row.discrepancy === null ? null : storedDiscrepancy(row.discrepancy as StoredDiscrepancy),
  };
}

/** Instants are text in JSON. */
type StoredDiscrepancy = Omit<Discrepancy, 'since' | 'sameSince'> & { since: string; sameSince: string };

function storedDiscrepancy(stored: StoredDiscrepancy): Discrepancy {
  return { ...stored, since: new Date(stored.since), sameSince: new Date(stored.sameSince) };
}

function* inParts<T>(rows: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}
