import { AppError } from '@winesap/core';
import { type AssetKey, readAssetPlace } from '../../store/reads/asset-detail.ts';
import { readLocationRef } from '../../store/reads/location.ts';
import type { Context } from './context.ts';

export async function locationOrRefuse({ db }: Context, uId: string) {
  const location = await readLocationRef(db, uId);
  if (location === null) throw new AppError('location.not-found', { uId });
  return location;
}

export async function assetOrRefuse({ db }: Context, key: AssetKey) {
  const { location, asset } = await readAssetPlace(db, key);
  if (location === null) throw new AppError('location.not-found', { uId: key.uId });
  if (asset === null) throw new AppError('asset.not-found', { ...key });
  return { location, asset };
}
