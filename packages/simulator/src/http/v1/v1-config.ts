import { type EndpointId, endpoints, errors, urls } from '@winesap/contract';
import { errorText } from '../../world/error-text.ts';
import { Refusal } from '../refusal.ts';
import type { Call, TokenCall } from '../request.ts';
import { clientContextOf, v1Trailer } from './v1-answer.ts';

const MAX_CONTEXT_BYTES = 256;

const URLS = {
  clientConfigSrvUrl: 'v1ClientConfig',
  contentMetadataLookupUrl: 'contentMetadataLookup',
  editUserSrvUrl: 'v1EditUser',
  getAssignmentsSrvUrl: 'v1GetAssignments',
  getLicensesSrvUrl: 'v1GetLicenses',
  getUserSrvUrl: 'v1GetUser',
  getUsersSrvUrl: 'v1GetUsers',
  getVPPAssetsSrvUrl: 'v1GetAssets',
  manageVPPLicensesByAdamIdSrvUrl: 'v1ManageLicenses',
  registerUserSrvUrl: 'v1RegisterUser',
  retireUserSrvUrl: 'v1RetireUser',
} as const satisfies Record<string, EndpointId>;

/** Needs no token and looks at none. All URLs point at this simulator, under the current base, as at Apple. */
export function v1ServiceConfig({ request: { origin }, world }: Call): object {
  const { unknowns, v1LicensesPerRequest } = world.settings;
  return {
    ...Object.fromEntries(Object.entries(URLS).map(([name, id]) => [name, `${origin}${endpoints[id].path}`])),
    associateLicenseSrvUrl: `${origin}/mdm/associateVPPLicenseSrv`,
    disassociateLicenseSrvUrl: `${origin}/mdm/disassociateVPPLicenseSrv`,
    invitationEmailUrl: `${origin}${urls.invitationEmail.path}`,
    vppWebsiteUrl: `${origin}/`,
    maxBatchAssociateLicenseCount: v1LicensesPerRequest,
    maxBatchDisassociateLicenseCount: v1LicensesPerRequest,
    errorCodes: Object.values(errors)
      .filter((entry) => entry.api.includes('v1'))
      .map(({ number }) => ({ errorNumber: number, errorMessage: errorText(number, 'v1', unknowns.errorTexts) })),
    status: 0,
  };
}

/** Who downloaded the token and for which organization: what version 2 does not tell. Also sets the old claim. */
export function v1ClientConfig(call: TokenCall): object {
  const { body, token, location } = call;
  const wanted = body.clientContext;
  if (wanted !== undefined && wanted !== null) {
    if (typeof wanted !== 'string' || Buffer.byteLength(wanted) >= MAX_CONTEXT_BYTES) throw new Refusal(9602);
    if (token.account.role !== 'content-manager') throw new Refusal(9637);
    location.clientContext = wanted;
  }
  return {
    status: 0,
    organizationId: location.organization.organizationId,
    organizationIdHash: location.organization.organizationIdHash,
    appleId: token.account.appleId,
    email: token.account.appleId,
    countryCode: location.countryISO2ACode,
    ...v1Trailer(call),
    clientContext: clientContextOf(call),
  };
}
