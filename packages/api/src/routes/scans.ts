import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { FileName, Id, PageQuery } from '../schemas/common.ts';
import { Scan } from '../schemas/scan.ts';

const tag = 'Content tokens';
const TokenParams = z.strictObject({ tokenId: Id });
const FileQuery = z.strictObject({ fileName: FileName.optional() });

const _Confirmed = FileQuery.extend({
  fingerprint: z.string().min(8).max(128).describe('From the preview: only the very file that was shown is saved.'),
});
const _TakeOver = z
  .string()
  .max(200)
  .optional()
  .describe('The id of the claim that is knowingly taken over (mdmInfo.id as shown). Without it nothing is taken.');

export const scans = {
  scanToken: defineRoute('POST', '/api/tokens/{tokenId}/scans', {
    access: 'admin',
    tag,
    summary: 'Scan Now: check, then scan; the scan goes on in the background. One scan per location at a time.',
    description:
      'Allowed in any state. Where the token did not work, Apple is asked first; only if it still refuses is the scan refused.',
    status: 202,
    params: TokenParams,
    response: Scan,
    refusals: ['token.not-found', 'scan.token-dead'],
  }),
  getScan: defineRoute('GET', '/api/scans/{scanId}', {
    access: 'viewer',
    tag,
    summary: 'A scan and its progress',
    params: z.strictObject({ scanId: Id }),
    response: Scan,
    refusals: ['scan.not-found'],
  }),
  listScans: defineRoute('GET', '/api/tokens/{tokenId}/scans', {
    access: 'viewer',
    tag,
    summary: 'Scans of a token, newest first, with duration and what changed',
    params: TokenParams,
    query: PageQuery,
    response: z.object({ scans: z.array(Scan), nextCursor: z.string().nullable() }),
    refusals: ['token.not-found', 'cursor.invalid'],
  }),
  exportScans: defineRoute('GET', '/api/tokens/{tokenId}/scans.csv', {
    access: 'viewer',
    tag,
    summary: 'The same as CSV, streamed',
    params: TokenParams,
    answers: 'csv',
    refusals: ['token.not-found'],
  }),
};
