import type { TokenRow } from '@winesap/api';
import {
  AppError,
  addToken,
  changeMode,
  checkToken,
  inspectTokenFile,
  previewRenewal,
  removeToken,
  renewToken,
  scanNow,
} from '@winesap/core';
import { readAssetNames } from '../../store/licenses/reads/assets.ts';
import { readAllScans, readScanPage } from '../../store/scans/reads/scans.ts';
import { readRemovalPreview } from '../../store/tokens/reads/removal.ts';
import { readScan } from '../../store/tokens/reads/scan-view.ts';
import { countBySeverity, readTokenRows } from '../../store/tokens/reads/tokens.ts';
import { cells } from '../edge/cells.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { Handlers } from '../edge/handler.ts';
import { SCAN_COLUMNS, scanCells } from '../licenses/license-cells.ts';
import { renewalView } from './renewal.ts';
import { fileView, freshIdentityView, refOf } from './token-file.ts';
import { tokenOrRefuse } from './token-or-refuse.ts';

type Ids =
  | 'listTokens'
  | 'exportTokens'
  | 'getToken'
  | 'inspectTokenFile'
  | 'addToken'
  | 'previewRenewal'
  | 'renewToken'
  | 'checkToken'
  | 'scanToken'
  | 'getScan'
  | 'listScans'
  | 'exportScans'
  | 'changeMode'
  | 'previewRemoval'
  | 'removeToken';

export function tokenHandlers(context: Context): Pick<Handlers, Ids> {
  const { deps, db, now } = context;
  const token = (tokenId: string) => tokenOrRefuse(context, tokenId);
  const scan = async (scanId: string) => {
    const found = await readScan(db, scanId, now());
    if (found === null) throw new AppError('scan.not-found', { scanId });
    return found;
  };
  const names = (tokenId: string) => token(tokenId).then(({ identity }) => readAssetNames(db, identity.country));
  return {
    listTokens: async ({ query }) => {
      const tokens = await readTokenRows(db, query, now());
      const counts = countBySeverity(tokens);
      const licensesLow = tokens.reduce((sum, { lowAssets }) => sum + lowAssets, 0);
      return { tokens, counts, needYou: counts.broken + counts.soon + counts.unknown, licensesLow };
    },
    exportTokens: async ({ reply }) =>
      sendCsv(reply, 'tokens', TOKEN_COLUMNS, (await readTokenRows(db, {}, now())).map(tokenCells)),
    getToken: ({ params }) => token(params.tokenId),
    inspectTokenFile: async ({ query, body, signal }) => {
      const found = await inspectTokenFile(deps, { bytes: body, fileName: query.fileName ?? null }, signal);
      return {
        file: fileView(found.file),
        identity: freshIdentityView(found.identity, deps.installationId, now()),
        heldBy: found.heldBy === null ? null : refOf(found.heldBy),
      };
    },
    addToken: async ({ params, query, body, actor, signal }) => {
      const { tokenId, claimed } = await addToken(
        deps,
        {
          policyId: params.policyId,
          bytes: body,
          fileName: query.fileName ?? null,
          fingerprint: query.fingerprint,
          mode: query.mode,
          takeOverFrom: query.takeOverFrom ?? null,
        },
        actor,
        signal,
      );
      return { token: await token(tokenId), text: ADDED[String(claimed) as keyof typeof ADDED] };
    },
    previewRenewal: async ({ params, query, body, signal }) => {
      const preview = await previewRenewal(
        deps,
        { tokenId: params.tokenId, bytes: body, fileName: query.fileName ?? null },
        signal,
      );
      return renewalView(preview, await names(params.tokenId), deps.installationId, now());
    },
    renewToken: async ({ params, query, body, actor, signal }) => {
      await renewToken(
        deps,
        {
          tokenId: params.tokenId,
          bytes: body,
          fileName: query.fileName ?? null,
          expectedVersion: query.tokenVersion,
          fingerprint: query.fingerprint,
          acceptOlder: query.acceptOlder ?? false,
        },
        actor,
        signal,
      );
      return {
        token: await token(params.tokenId),
        text: 'The token is renewed and works. All licenses are being read again.',
      };
    },
    checkToken: async ({ params, signal }) => {
      await checkToken(deps, params.tokenId, 'quick', signal);
      return token(params.tokenId);
    },
    scanToken: async ({ params, signal }) => scan(await scanNow(deps, params.tokenId, signal)),
    getScan: ({ params }) => scan(params.scanId),
    listScans: async ({ params, query }) => {
      await token(params.tokenId);
      return readScanPage(db, params.tokenId, query, now());
    },
    exportScans: async ({ params, reply }) => {
      await token(params.tokenId);
      return sendCsv(reply, 'scans', SCAN_COLUMNS, cells(readAllScans(db, params.tokenId, now()), scanCells));
    },
    changeMode: async ({ params, body, actor, signal }) => {
      const { mode, takeOverFrom } = body;
      await changeMode(deps, { tokenId: params.tokenId, mode, takeOverFrom: takeOverFrom ?? null }, actor, signal);
      return token(params.tokenId);
    },
    previewRemoval: async ({ params }) => {
      const preview = await readRemovalPreview(db, params.tokenId, now());
      if (preview === null) throw new AppError('token.not-found', { tokenId: params.tokenId });
      return preview;
    },
    removeToken: async ({ params, body, actor, signal }) => {
      const { claim } = await removeToken(deps, { tokenId: params.tokenId, ...body }, actor, signal);
      return { tokenId: params.tokenId, claim, text: REMOVED[claim] };
    },
  };
}

const ADDED = {
  null: 'The token is stored. All licenses are being read.',
  true: 'The token is stored and Winesap manages the location. All licenses are being read.',
  false:
    'The token is stored, but Apple has not confirmed our claim yet. The next scan settles it; the events say how.',
};

const REMOVED = {
  kept: 'The token is removed. All licenses stay assigned at Apple.',
  released: 'The token is removed and our claim released. All licenses stay assigned at Apple.',
  'not-released':
    'The token is removed, but Apple still shows our claim; the events say what it answered. All licenses stay assigned at Apple.',
};

const TOKEN_COLUMNS = [
  'state',
  'organization',
  'location',
  'identificationNumber',
  'policy',
  'appleId',
  'mode',
  'title',
  'nextStep',
  'daysLeft',
  'expiresAt',
  'lastSuccessfulSync',
  'assets',
  'appleSaid',
];

function tokenCells(row: TokenRow): unknown[] {
  return [
    row.health.state,
    row.organizationName,
    row.locationName,
    row.uId,
    row.policyName,
    row.appleId,
    row.mode,
    row.health.title,
    row.health.nextStep.text,
    row.daysLeft,
    row.expiresAt,
    row.lastSyncAt,
    row.assets,
    row.health.apple?.line,
  ];
}
