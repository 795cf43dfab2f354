import { AppError } from '@winesap/core';
import { readAsOf, readHistory, readKnownFrom } from '../../store/licenses/reads/asset-history.ts';
import { findAllAssets, findAssets, readAllAssets, readAssetPage } from '../../store/licenses/reads/assets.ts';
import { readHolderPage } from '../../store/licenses/reads/holders.ts';
import { readHoldings } from '../../store/licenses/reads/holdings.ts';
import { readLocation } from '../../store/licenses/reads/location.ts';
import { readLastScans } from '../../store/scans/reads/scans.ts';
import { readTokenRecord } from '../../store/tokens/reads/tokens.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { mayRelease } from '../edge/permissions.ts';
import { locationOrRefuse } from '../locations/location-or-refuse.ts';
import { assetOrRefuse } from './asset-or-refuse.ts';
import { assignmentLines, holderLines } from './assignment-lines.ts';
import {
  ASSET_COLUMNS,
  ASSIGNMENT_COLUMNS,
  DAY_COLUMNS,
  HOLDER_COLUMNS,
  HOLDING_COLUMNS,
  LOCATED_ASSET_COLUMNS,
} from './columns.ts';

export function licenseHandlers(context: Context): HandlersOf<'licenses'> {
  const { db, now } = context;
  return {
    findAssets: ({ query }) => findAssets(db, query, query),
    exportFoundAssets: ({ query, reply }) => sendCsv(reply, 'assets', LOCATED_ASSET_COLUMNS, findAllAssets(db, query)),
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
      return sendCsv(reply, 'assets', ASSET_COLUMNS, readAllAssets(db, params.uId, query, query));
    },
    getAsset: async ({ params, query, who }) => {
      const { location, asset } = await assetOrRefuse(context, params);
      return {
        location,
        asset,
        asOf: query.asOf === undefined ? null : await readAsOf(db, params, query.asOf),
        knownFrom: await readKnownFrom(db, params),
        scans: await readLastScans(db, params.uId, 5, now()),
        may: { release: mayRelease(await readTokenRecord(db, location.tokenId), asset, who.role) },
      };
    },
    getAssetHistory: async ({ params, query }) => {
      await assetOrRefuse(context, params);
      return { days: await readHistory(db, params, query) };
    },
    exportAssetHistory: async ({ params, query, reply }) => {
      await assetOrRefuse(context, params);
      return sendCsv(reply, 'history', DAY_COLUMNS, await readHistory(db, params, query));
    },
    listHolders: async ({ params, query }) => {
      const page = await readHolderPage(db, params, query, query);
      if (page === null) await assetOrRefuse(context, params);
      return page ?? { holders: [], nextCursor: null, readAt: null, assigned: 0 };
    },
    exportHolders: async ({ params, query, reply }) => {
      await assetOrRefuse(context, params);
      return sendCsv(reply, 'holders', HOLDER_COLUMNS, holderLines(db, params, query));
    },
    exportAssignments: async ({ params, query, reply }) => {
      await locationOrRefuse(context, params.uId);
      return sendCsv(reply, 'assignments', ASSIGNMENT_COLUMNS, assignmentLines(db, params.uId, query.kind));
    },
    listHoldings: ({ query }) => readHoldings(db, query),
    exportHoldings: async ({ query, reply }) => {
      const { holdings } = await readHoldings(db, query, null);
      return sendCsv(reply, 'holdings', HOLDING_COLUMNS, holdings);
    },
  };
}
