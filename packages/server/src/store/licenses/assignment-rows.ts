import type { AssetName, Assignment } from '@winesap/core';
import { assetKey } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Assignments as columns, with the short numbers of their assets: one parameter each, however many rows. */
export interface AssignmentColumns {
  /** In the same order. */
  rows: readonly Assignment[];
  assetNos: number[];
  usersHold: boolean[];
  holders: string[];
  /** Of an asset's number. */
  keyOf(assetNo: number): string;
}

/**
 * The rows by column, each once: one command may not write a row twice. An asset that Apple has not listed yet is given its
 * number here.
 */
export async function columnsOf(
  trx: Transaction<Tables>,
  uId: string,
  rows: readonly Assignment[],
): Promise<AssignmentColumns> {
  const names = new Map<string, AssetName>();
  const seen = new Map<string, Set<string>>();
  const keys: string[] = [];
  const once = rows.filter((row) => {
    const key = assetKey(row);
    let holders = seen.get(key);
    if (holders === undefined) {
      holders = new Set();
      seen.set(key, holders);
      names.set(key, row);
    }
    const holder = `${row.holderKind} ${row.holder}`;
    if (holders.has(holder)) return false;
    holders.add(holder);
    keys.push(key);
    return true;
  });
  const numbers = await numbersOf(trx, uId, names);
  const keysByNumber = new Map([...numbers].map(([key, no]) => [no, key]));
  return {
    rows: once,
    keyOf: (assetNo) => keysByNumber.get(assetNo) ?? '',
    assetNos: keys.map((key) => numbers.get(key) ?? 0),
    usersHold: once.map(({ holderKind }) => holderKind === 'user'),
    holders: once.map(({ holder }) => holder),
  };
}

/** The short number of an asset; it gets one where Apple has not listed it yet. */
export async function assetNoOf(trx: Transaction<Tables>, uId: string, name: AssetName): Promise<number> {
  return (await numbersOf(trx, uId, new Map([[assetKey(name), name]]))).get(assetKey(name)) ?? 0;
}

/** The names of assets by their short numbers. */
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
  // Bought a moment ago: the next reading of the assets lists it. Until then nobody is shown it.
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
