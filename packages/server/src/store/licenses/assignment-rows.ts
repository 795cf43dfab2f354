import type { AssetName, Assignment, RowCursor } from '@winesap/core';
import { assetKey } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Assignments by the short numbers of their assets. */
export interface NumberedAssignments {
  /** In the same order. */
  rows: readonly Assignment[];
  keys: RowCursor[];
  /** Returns the `assetKey` of an asset's number. */
  keyOf(assetNo: number): string;
}

/**
 * Returns each row once, because one statement can't write a row twice. An asset that Apple has not listed yet gets its
 * number here.
 */
export async function numbered(
  trx: Transaction<Tables>,
  uId: string,
  rows: readonly Assignment[],
): Promise<NumberedAssignments> {
  const assets = new Map<string, { name: AssetName; no: number; holders: Set<string> }>();
  const assetOf: { no: number }[] = [];
  const once = rows.filter((row) => {
    const key = assetKey(row);
    let asset = assets.get(key);
    if (asset === undefined) {
      asset = { name: row, no: 0, holders: new Set() };
      assets.set(key, asset);
    }
    const holder = `${row.holderKind} ${row.holder}`;
    if (asset.holders.has(holder)) return false;
    asset.holders.add(holder);
    assetOf.push(asset);
    return true;
  });
  const numbers = await numbersOf(trx, uId, new Map([...assets].map(([key, { name }]) => [key, name])));
  const keysByNumber = new Map([...numbers].map(([key, no]) => [no, key]));
  for (const [key, asset] of assets) asset.no = numbers.get(key) ?? 0;
  return {
    rows: once,
    keyOf: (assetNo) => keysByNumber.get(assetNo) ?? '',
    keys: once.map(({ holderKind, holder }, index) => ({
      assetNo: assetOf[index]?.no ?? 0,
      userHeld: holderKind === 'user',
      holder,
    })),
  };
}

/** Returns the short number of an asset, and assigns one if Apple has not listed the asset yet. */
export async function assetNoOf(trx: Transaction<Tables>, uId: string, name: AssetName): Promise<number> {
  return (await numbersOf(trx, uId, new Map([[assetKey(name), name]]))).get(assetKey(name)) ?? 0;
}

/** Returns the names of assets by their short numbers. */
export async function assetNamesOf(
  trx: Transaction<Tables>,
  assetNos: ReadonlySet<number>,
): Promise<Map<number, AssetName>> {
  if (assetNos.size === 0) return new Map();
  const rows = await trx
    .selectFrom('assets')
    .select(['no', 'adam_id', 'pricing_param'])
    .where('no', 'in', [...assetNos])
    .execute();
  return new Map(rows.map((row) => [row.no, { adamId: row.adam_id, pricingParam: row.pricing_param }]));
}

async function numbersOf(
  trx: Transaction<Tables>,
  uId: string,
  names: ReadonlyMap<string, AssetName>,
): Promise<Map<string, number>> {
  const known = await findNumbers(trx, uId, [...names.values()]);
  const missing = [...names].filter(([key]) => !known.has(key)).map(([, name]) => name);
  if (missing.length === 0) return known;
  // Bought a moment ago: the next scan of the assets lists it. Until then it isn't shown.
  await sql`
    insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available, retired,
      device_assignable, revocable, platforms, read_at, gone_at)
    select ${uId}, *, 'App', false, 0, 0, 0, 0, false, false, '{}'::text[], now(), now()
    from unnest(${missing.map(({ adamId }) => adamId)}::text[], ${missing.map(({ pricingParam }) => pricingParam)}::text[])
    on conflict do nothing`.execute(trx);
  return new Map([...known, ...(await findNumbers(trx, uId, missing))]);
}

async function findNumbers(
  trx: Transaction<Tables>,
  uId: string,
  names: readonly AssetName[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ no: number; adam_id: string; pricing_param: string }>`
    select no, adam_id, pricing_param from assets
    join unnest(${names.map(({ adamId }) => adamId)}::text[], ${names.map(({ pricingParam }) => pricingParam)}::text[])
      as named (adam_id, pricing_param) using (adam_id, pricing_param)
    where location_uid = ${uId}`.execute(trx);
  return new Map(rows.map((row) => [assetKey({ adamId: row.adam_id, pricingParam: row.pricing_param }), row.no]));
}
