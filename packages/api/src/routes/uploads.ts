import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { TOKEN_FILE } from '../route.ts';
import { FileName, Flag, Id } from '../schemas/common.ts';
import { RenewalPreview, Saved } from '../schemas/files/token-file.ts';
import { LocatedUpload, UploadLink, UploadPage, UploadWaiting } from '../schemas/files/upload.ts';
import { FILE_REFUSALS, RENEWAL_REFUSALS } from './file-refusals.ts';

const tag = 'Renewal help';
const TokenParams = z.strictObject({ tokenId: Id });
const UploadParams = z.strictObject({ uploadId: Id });
const SecretParams = z.strictObject({ secret: z.string().min(20).max(100) });

export const uploads = {
  listWaitingUploads: defineRoute('GET', '/api/uploads', {
    access: 'admin',
    tag,
    summary: 'Files that customers have uploaded and that wait to be confirmed, of all tokens, oldest first',
    response: z.object({ waiting: z.array(LocatedUpload) }),
  }),
  listUploads: defineRoute('GET', '/api/tokens/{tokenId}/uploads', {
    access: 'admin',
    tag,
    summary: 'Upload links of a token, and files that wait to be confirmed',
    params: TokenParams,
    response: z.object({ links: z.array(UploadLink), waiting: z.array(UploadWaiting) }),
    refusals: ['token.not-found'],
  }),
  addUploadLink: defineRoute('POST', '/api/tokens/{tokenId}/upload-links', {
    access: 'admin',
    tag,
    summary: 'Make an upload link for the customer; its address is shown this once',
    status: 201,
    params: TokenParams,
    body: z.strictObject({
      days: z.number().int().min(1).max(60).default(14),
      autoConfirm: z.boolean().default(false),
    }),
    response: z.object({ link: UploadLink, path: z.string().describe('On this server: /upload/…') }),
    refusals: ['token.not-found', 'person.not-found'],
  }),
  revokeUploadLink: defineRoute('DELETE', '/api/tokens/{tokenId}/upload-links/{linkId}', {
    access: 'admin',
    tag,
    summary: 'Revoke an upload link',
    params: TokenParams.extend({ linkId: Id }),
    refusals: ['upload-link.not-found'],
  }),
  getUploadPage: defineRoute('GET', '/api/upload/{secret}', {
    access: 'public',
    tag,
    summary: 'What the customer’s upload page shows: the location’s name, and nothing else of this Winesap',
    params: SecretParams,
    response: UploadPage,
    refusals: ['upload-link.not-valid', 'upload-link.used'],
  }),
  sendUpload: defineRoute('POST', '/api/upload/{secret}', {
    access: 'public',
    tag,
    summary: 'The customer’s file; judged like any renewal',
    params: SecretParams,
    query: z.strictObject({ fileName: FileName.optional() }),
    body: TOKEN_FILE,
    response: z.object({ outcome: z.enum(['waiting', 'renewed']), text: z.string() }),
    refusals: [
      ...FILE_REFUSALS,
      'upload.other-location',
      'upload.same-file',
      'upload.older-file',
      'upload-link.not-valid',
      'upload-link.used',
      'request.too-many',
    ],
  }),
  previewUpload: defineRoute('GET', '/api/uploads/{uploadId}/preview', {
    access: 'admin',
    tag,
    summary: 'Old and new side by side for an uploaded file; nothing is stored',
    params: UploadParams,
    response: RenewalPreview,
    refusals: [...FILE_REFUSALS, 'upload.not-found', 'upload.settled', 'upload.locked'],
  }),
  confirmUpload: defineRoute('POST', '/api/uploads/{uploadId}/confirm', {
    access: 'admin',
    tag,
    summary: 'Renew with the uploaded file',
    params: UploadParams,
    query: z.strictObject({ tokenVersion: z.coerce.number().int(), acceptOlder: Flag.optional() }),
    response: Saved,
    refusals: [
      ...FILE_REFUSALS,
      ...RENEWAL_REFUSALS,
      'upload.not-found',
      'upload.settled',
      'upload.locked',
      'preview.stale',
    ],
  }),
  declineUpload: defineRoute('POST', '/api/uploads/{uploadId}/decline', {
    access: 'admin',
    tag,
    summary: 'Forget the uploaded file',
    params: UploadParams,
    refusals: ['upload.not-found', 'upload.settled'],
  }),
};
