import type { AssetList } from '@winesap/api';
import { readAllAssets, readAssetPage } from '../../store/licenses/reads/assets.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { sendIcon } from '../edge/icon.ts';
import { ASSET_COLUMNS } from '../licenses/columns.ts';
import { placeOf } from '../organizations/tree.ts';
import { tokenOrRefuse } from './token-or-refuse.ts';

/** The licenses of the token that a policy uses, its own or an inherited one. */
export function policyAssetHandlers(context: Context): HandlersOf<'policyAssets'> {
  const { db } = context;
  const locationOf = async (policyId: string) => {
    const place = await placeOf(context, policyId);
    const token = place.tree.effectiveToken(policyId);
    if (token === null) return null;
    const { identity } = await tokenOrRefuse(context, token.tokenId);
    return { tokenId: token.tokenId, uId: identity.uId };
  };
  return {
    listAssets: async ({ params, query }) => {
      const location = await locationOf(params.policyId);
      return location === null ? NO_ASSETS : readAssetPage(db, location, query, query, query);
    },
    exportAssets: async ({ params, query, reply }) => {
      const location = await locationOf(params.policyId);
      const rows = location === null ? [] : readAllAssets(db, location.uId, query, query);
      return sendCsv(reply, 'assets', ASSET_COLUMNS, rows);
    },
    getIcon: ({ params, reply }) => sendIcon(context, params.adamId, reply),
  };
}

const NO_ASSETS: AssetList = {
  tokenId: null,
  uId: null,
  readAt: null,
  assets: [],
  nextCursor: null,
  totals: { assets: 0, assigned: 0, available: 0, low: 0, gone: 0, unnamed: 0 },
};
