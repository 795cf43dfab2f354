import type { AssetName, Assignment, RowCursor } from '@winesap/core';
import type { Transaction } from 'kysely';
import { sql } from 'kysely';
import { HELD_NOW } from '../held-now.ts';
import type { Tables } from '../tables.ts';

const SLICE = 5000;

/** Returns a slice of an asset's holders, in the order of the key. */
export async function holdersOf(
  trx: Transaction<Tables>,
  uId: string,
  name: AssetName,
  after: RowCursor | null,
): Promise<{ rows: Assignment[]; next: RowCursor | null }> {
  const { rows } = await sql<RowCursor>`
    select assets.no as "assetNo", assignments.user_held as "userHeld", assignments.holder
    from assets
    join locations on locations.uid = assets.location_uid
    join assignments on assignments.location_no = locations.no and assignments.asset_no = assets.no
    where assets.location_uid = ${uId} and assets.adam_id = ${name.adamId} and assets.pricing_param = ${name.pricingParam}
      and (assignments.user_held, assignments.holder) > (${after?.userHeld ?? false}::boolean, ${after?.holder ?? ''}::text)
      and ${HELD_NOW}
    order by assignments.user_held, assignments.holder limit ${SLICE}`.execute(trx);
  return {
    rows: rows.map(({ userHeld, holder }) => ({ ...name, holderKind: userHeld ? 'user' : 'device', holder })),
    next: rows.length < SLICE ? null : (rows.at(-1) ?? null),
  };
}
