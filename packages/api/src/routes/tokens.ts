import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { TOKEN_FILE } from '../route.ts';
import { FileName, Flag, Id } from '../schemas/common.ts';
import { Inspection, RenewalPreview, Saved } from '../schemas/files/token-file.ts';
import { TokenState } from '../schemas/health.ts';
import { ContentToken, Mode, RemovalPreview, RemovalResult, TokenRow } from '../schemas/token.ts';
import { FILE_REFUSALS, RENEWAL_REFUSALS } from './file-refusals.ts';

const tag = 'Content tokens';
const TokenParams = z.strictObject({ tokenId: Id });
const FileQuery = z.strictObject({ fileName: FileName.optional() });

const Confirmed = FileQuery.extend({
  fingerprint: z.string().min(8).max(128).describe('From the preview: only the very file that was shown is saved.'),
});
const TakeOver = z
  .string()
  .max(200)
  .optional()
  .describe('The id of the claim that is knowingly taken over (mdmInfo.id as shown). Without it nothing is taken.');

export const tokens = {
  listTokens: defineRoute('GET', '/api/tokens', {
    access: 'viewer',
    tag,
    summary: 'All tokens of all organizations, worst first',
    query: z.strictObject({
      organizationId: Id.optional(),
      state: TokenState.optional(),
      q: z.string().max(200).optional().describe('Found in location, organization, policy, Apple ID or uId.'),
    }),
    response: z.object({
      tokens: z.array(TokenRow),
      counts: z.object({
        broken: z.number().int(),
        soon: z.number().int(),
        unknown: z.number().int(),
        checking: z.number().int(),
        ok: z.number().int(),
      }),
      needYou: z.number().int().describe('How many need a person: broken, soon or unknown.'),
      licensesLow: z.number().int().describe('Assets that are low on licenses, in the locations of these tokens.'),
    }),
  }),
  exportTokens: defineRoute('GET', '/api/tokens.csv', {
    access: 'viewer',
    tag,
    summary: 'The same as CSV',
    answers: 'csv',
  }),
  getToken: defineRoute('GET', '/api/tokens/{tokenId}', {
    access: 'viewer',
    tag,
    summary: 'A token, its health and its scan',
    params: TokenParams,
    response: ContentToken,
    refusals: ['token.not-found'],
  }),
  inspectTokenFile: defineRoute('POST', '/api/token-files/inspect', {
    access: 'admin',
    tag,
    summary: 'Say what a file is and which location it opens; nothing is stored, Apple is only read',
    query: FileQuery,
    body: TOKEN_FILE,
    response: Inspection,
    refusals: FILE_REFUSALS,
  }),
  addToken: defineRoute('POST', '/api/policies/{policyId}/token', {
    access: 'admin',
    tag,
    summary: 'Add a token to a policy',
    description:
      'mode=manage sets our claim at Apple when nobody holds it. When another server does, nothing is taken: repeat its id in takeOverFrom to take it over, or choose mode=watch.',
    status: 201,
    params: z.strictObject({ policyId: Id }),
    query: Confirmed.extend({ mode: Mode, takeOverFrom: TakeOver }),
    body: TOKEN_FILE,
    response: Saved,
    refusals: [
      ...FILE_REFUSALS,
      'policy.not-found',
      'policy.holds-token',
      'policy.inherits-token',
      'location.held',
      'claim.held',
      'claim.changed',
      'preview.stale',
    ],
  }),
  previewRenewal: defineRoute('POST', '/api/tokens/{tokenId}/renewal/preview', {
    access: 'admin',
    tag,
    summary: 'Old and new side by side, and a dry run; nothing is stored, Apple is only read',
    params: TokenParams,
    query: FileQuery,
    body: TOKEN_FILE,
    response: RenewalPreview,
    refusals: [...FILE_REFUSALS, 'token.not-found'],
  }),
  renewToken: defineRoute('POST', '/api/tokens/{tokenId}/renewal', {
    access: 'admin',
    tag,
    summary: 'Put the new file in the place of the old; sends no request that could change an assignment',
    params: TokenParams,
    query: Confirmed.extend({
      tokenVersion: z.coerce.number().int().describe('From the preview.'),
      acceptOlder: Flag.optional(),
    }),
    body: TOKEN_FILE,
    response: Saved,
    refusals: [...FILE_REFUSALS, 'token.not-found', ...RENEWAL_REFUSALS, 'preview.stale'],
  }),
  checkToken: defineRoute('POST', '/api/tokens/{tokenId}/check', {
    access: 'viewer',
    tag,
    summary: 'Check now: ask Apple whether the token works, in any state',
    description:
      'One read. Where Apple refuses, it is asked three times over two endpoints before the state says so; until then the state is *checking*.',
    params: TokenParams,
    response: ContentToken,
    refusals: ['token.not-found'],
  }),
  changeMode: defineRoute('PUT', '/api/tokens/{tokenId}/mode', {
    access: 'admin',
    tag,
    summary: 'Watch or manage; also the answer to “claimed elsewhere”',
    description:
      'mode=watch keeps reading and accepts the current holder of the claim. mode=manage sets our claim, and needs takeOverFrom when another server holds it.',
    params: TokenParams,
    body: z.strictObject({ mode: Mode, takeOverFrom: TakeOver }),
    response: ContentToken,
    refusals: [
      'token.not-found',
      'token.locked',
      'claim.held',
      'claim.changed',
      'apple.refused',
      'apple.no-answer',
      'apple.busy',
      'apple.other-location',
    ],
  }),
  previewRemoval: defineRoute('GET', '/api/tokens/{tokenId}/removal', {
    access: 'viewer',
    tag,
    summary: 'What Remove Token would and would not do',
    params: TokenParams,
    response: RemovalPreview,
    refusals: ['token.not-found'],
  }),
  removeToken: defineRoute('POST', '/api/tokens/{tokenId}/removal', {
    access: 'admin',
    tag,
    summary: 'Remove Token: forget the credential, keep history and events; no license is touched',
    params: TokenParams,
    body: z.strictObject({ locationName: z.string(), releaseClaim: z.boolean() }),
    response: RemovalResult,
    refusals: ['token.not-found', 'removal.name-differs'],
  }),
};
