import type { Asset, LocationRef } from '@winesap/api';
import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';
import { assetView, readInForce, selectAssets } from './asset-view.ts';
import { readLocationRef } from './location.ts';

export interface AssetKey {
  uId: string;
  adamId: string;
  pricingParam: string;
}

/** Returns an asset at a location, even if it is gone. Null if the location never had it. */
async function readAsset(db: Kysely<Tables>, key: AssetKey): Promise<Asset | null> {
  const row = await selectAssets(db)
    .where('assets.location_uid', '=', key.uId)
    .where('assets.adam_id', '=', key.adamId)
    .where('assets.pricing_param', '=', key.pricingParam)
    .executeTakeFirst();
  return row === undefined ? null : assetView(row, (await readInForce(db, [key.uId]))(key.uId));
}

export async function readAssetPlace(
  db: Kysely<Tables>,
  key: AssetKey,
): Promise<{ location: LocationRef | null; asset: Asset | null }> {
  return { location: await readLocationRef(db, key.uId), asset: await readAsset(db, key) };
}
