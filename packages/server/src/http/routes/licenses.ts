import { AppError } from '@winesap/core';
import { type AssetKey, readAssetPlace } from '../../store/reads/asset-detail.ts';
import { readHistory } from '../../store/reads/asset-history.ts';
import { findAssets, readAllAssets, readAssetPage } from '../../store/reads/assets.ts';
import { readHolderPage } from '../../store/reads/holders.ts';
import { readHoldings } from '../../store/reads/holdings.ts';
import { readLocation, readLocationRef, readSyncedAt } from '../../store/reads/location.ts';
import { readLastScans } from '../../store/reads/scans.ts';
import { sendCsv } from '../csv.ts';
import type { Handlers } from '../handler.ts';
import { ASSET_COLUMNS, assetCells } from '../views/license-cells.ts';
import type { Context } from './context.ts';

type Ids =
  | 'findAssets'
  | 'getLocation'
  | 'listLocationAssets'
  | 'exportLocationAssets'
  | 'getAsset'
  | 'getAssetHistory'
  | 'listHolders'
  | 'listHoldings';

export function licenseHandlers(context: Context): Pick<Handlers, Ids> {
  const { db, now } = context;
  return {
    findAssets: ({ query }) => findAssets(db, query, query),
    getLocation: async ({ params }) => {
      const location = await readLocation(db, params.uId);
      if (location === null) throw new AppError('location.not-found', params);
      return location;
    },
    listLocationAssets: async ({ params, query }) => {
      const { tokenId } = await locationOrRefuse(context, params.uId);
      return readAssetPage(db, { uId: params.uId, tokenId }, query, query, query);
    },
    exportLocationAssets: async ({ params, query, reply }) => {
      await locationOrRefuse(context, params.uId);
      return sendCsv(reply, 'assets', ASSET_COLUMNS, cells(readAllAssets(db, params.uId, query, query), assetCells));
    },
    getAsset: async ({ params, who }) => {
      const { location, asset } = await assetOrRefuse(context, params);
      return {
        location,
        asset,
        asOf: null,
        knownFrom: null,
        scans: await readLastScans(db, params.uId, 5, now()),
        may: { release: { allowed: who.role !== 'viewer', code: null, reason: null } },
      };
    },
    getAssetHistory: async ({ params }) => {
      await assetOrRefuse(context, params);
      return { days: await readHistory(db, params) };
    },
    listHolders: async ({ params, query }) => {
      const { asset } = await assetOrRefuse(context, params);
      const page = await readHolderPage(db, params, query, query);
      return { ...page, readAt: await readSyncedAt(db, params.uId), assigned: asset.assigned };
    },
    listHoldings: ({ query }) => readHoldings(db, query),
  };
}

async function locationOrRefuse({ db }: Context, uId: string) {
  const location = await readLocationRef(db, uId);
  if (location === null) throw new AppError('location.not-found', { uId });
  return location;
}

async function assetOrRefuse({ db }: Context, key: AssetKey) {
  const { location, asset } = await readAssetPlace(db, key);
  if (location === null) throw new AppError('location.not-found', { uId: key.uId });
  if (asset === null) throw new AppError('asset.not-found', { ...key });
  return { location, asset };
}

export async function* cells<T>(rows: AsyncIterable<T>, of: (row: T) => unknown[]): AsyncGenerator<unknown[]> {
  for await (const row of rows) yield of(row);
}
