import {
  confirmUpload,
  createUploadLink,
  declineUpload,
  kindOfOrganization,
  openUploadLink,
  portalOf,
  previewUpload,
  receiveUpload,
  revokeUploadLink,
} from '@winesap/core';
import { readAssetNames } from '../../store/licenses/reads/assets.ts';
import { readUploads, readWaitingUploads } from '../../store/tokens/reads/uploads.ts';
import { createThrottle } from '../connection/throttle.ts';
import type { Context } from '../edge/context.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { renewalView } from './renewal.ts';
import { tokenOrRefuse } from './token-or-refuse.ts';

/** Anyone can open an upload page; the limit prevents guessing addresses. */
const KNOCKS_PER_MINUTE = 30;

export function uploadHandlers(context: Context): HandlersOf<'uploads'> {
  const { deps, db, now } = context;
  const knock = createThrottle(KNOCKS_PER_MINUTE, now);
  return {
    listWaitingUploads: async () => ({ waiting: await readWaitingUploads(db) }),
    listUploads: async ({ params }) => {
      await tokenOrRefuse(context, params.tokenId);
      return readUploads(db, params.tokenId, now());
    },
    addUploadLink: async ({ params, body, actor }) => {
      const { linkId, secret } = await createUploadLink(deps, { tokenId: params.tokenId, ...body }, actor);
      const { links } = await readUploads(db, params.tokenId, now());
      const link = links.find(({ id }) => id === linkId);
      if (link === undefined) throw new Error('A link that was just made is gone.');
      return { link, path: `/upload/${secret}` };
    },
    revokeUploadLink: ({ params, actor }) => revokeUploadLink(deps, params, actor) as Promise<undefined>,
    getUploadPage: async ({ params, request }) => {
      knock(request);
      const { link, token } = await deps.store.read((view) => openUploadLink(deps, view, params.secret));
      const kind = kindOfOrganization(token.identity);
      return {
        locationName: token.identity.locationName,
        kind,
        portal: portalOf(kind),
        expiresAt: link.expiresAt.toISOString(),
      };
    },
    sendUpload: async ({ params, query, body, request, signal }) => {
      knock(request);
      const upload = { secret: params.secret, bytes: body, fileName: query.fileName ?? null };
      const outcome = await receiveUpload(deps, upload, request.id, signal);
      return { outcome, text: THANKS[outcome] };
    },
    previewUpload: async ({ params, signal }) => {
      const preview = await previewUpload(deps, params.uploadId, signal);
      const names = await readAssetNames(db, preview.token.identity.country);
      return renewalView(preview, names, deps.installationId, now());
    },
    confirmUpload: async ({ params, query, actor, signal }) => {
      const { tokenVersion: expectedVersion, acceptOlder = false } = query;
      const { tokenId } = await confirmUpload(
        deps,
        { uploadId: params.uploadId, expectedVersion, acceptOlder },
        actor,
        signal,
      );
      const token = await tokenOrRefuse(context, tokenId);
      return { token, text: 'The token is renewed and works. All licenses are being read again.' };
    },
    declineUpload: ({ params, actor }) => declineUpload(deps, params.uploadId, actor) as Promise<undefined>,
  };
}

const THANKS = {
  waiting: 'Thank you. The file fits. It takes effect once it is confirmed; you need do nothing more.',
  renewed: 'Thank you. The token is renewed and works; you need do nothing more.',
};
