import { AppError, scanNow } from '@winesap/core';
import { readAllScans, readScanPage } from '../../store/scans/reads/scans.ts';
import { readScan } from '../../store/tokens/reads/scan-view.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { tokenOrRefuse } from '../tokens/token-or-refuse.ts';
import { SCAN_COLUMNS } from './columns.ts';

export function scanHandlers(context: Context): HandlersOf<'scans'> {
  const { deps, db, now } = context;
  const scan = async (scanId: string) => {
    const found = await readScan(db, scanId, now());
    if (found === null) throw new AppError('scan.not-found', { scanId });
    return found;
  };
  return {
    scanToken: async ({ params, signal }) => scan(await scanNow(deps, params.tokenId, signal)),
    getScan: ({ params }) => scan(params.scanId),
    listScans: async ({ params, query }) => {
      await tokenOrRefuse(context, params.tokenId);
      return readScanPage(db, params.tokenId, query, now());
    },
    exportScans: async ({ params, reply }) => {
      await tokenOrRefuse(context, params.tokenId);
      return sendCsv(reply, 'scans', SCAN_COLUMNS, readAllScans(db, params.tokenId, now()));
    },
  };
}
