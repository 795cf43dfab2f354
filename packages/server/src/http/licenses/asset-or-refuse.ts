import { AppError } from '@winesap/core';
import { type AssetKey, readAssetPlace } from '../../store/licenses/reads/asset-detail.ts';
import type { Context } from '../edge/context.ts';

export async function assetOrRefuse({ db }: Context, key: AssetKey) {
  const { location, asset } = await readAssetPlace(db, key);
  if (location === null) throw new AppError('location.not-found', { uId: key.uId });
  if (asset === null) throw new AppError('asset.not-found', { ...key });
  return { location, asset };
}
