import {
  AppError,
  addToken,
  changeMode,
  checkToken,
  inspectTokenFile,
  previewRenewal,
  removeToken,
  renewToken,
} from '@winesap/core';
import { readAssetNames } from '../../store/licenses/reads/assets.ts';
import { readRemovalPreview } from '../../store/tokens/reads/removal.ts';
import { countBySeverity, readTokenRows } from '../../store/tokens/reads/tokens.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { TOKEN_COLUMNS } from './columns.ts';
import { renewalView } from './renewal.ts';
import { fileView, freshIdentityView, refOf } from './token-file.ts';
import { tokenOrRefuse } from './token-or-refuse.ts';

export function tokenHandlers(context: Context): HandlersOf<'tokens'> {
  const { deps, db, now } = context;
  const token = (tokenId: string) => tokenOrRefuse(context, tokenId);
  const names = (tokenId: string) => token(tokenId).then(({ identity }) => readAssetNames(db, identity.country));
  return {
    listTokens: async ({ query }) => {
      const tokens = await readTokenRows(db, query, now());
      const counts = countBySeverity(tokens);
      const licensesLow = tokens.reduce((sum, { lowAssets }) => sum + lowAssets, 0);
      return { tokens, counts, needYou: counts.broken + counts.soon + counts.unknown, licensesLow };
    },
    exportTokens: async ({ reply }) => sendCsv(reply, 'tokens', TOKEN_COLUMNS, await readTokenRows(db, {}, now())),
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
          place: { policyId: params.policyId },
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
