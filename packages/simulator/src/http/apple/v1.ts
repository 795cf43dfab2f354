import { endpoints, errors } from '@winesap/contract';
import { appleInstant } from '../../time/instant.ts';
import { errorText } from '../../world/error-text.ts';
import type { Unknowns } from '../../world/unknowns.ts';
import { authenticate } from '../authenticate.ts';
import { Refusal } from '../refusal.ts';
import type { Call } from '../request.ts';

const WARNING_MS = 15 * 24 * 3600 * 1000;
const MAX_CONTEXT_BYTES = 256;
const MAX_BATCH = 10;

/** Said to version 1 clients once version 2 was used; Apple's words are not known. */
const USED_WITH_V2 = 'This token is in use with version 2 of the API.';

export function v1ServiceConfig({ request: { origin }, world }: Call): object {
  return {
    status: 0,
    errorCodes: Object.values(errors)
      .filter((entry) => entry.api.includes('v1'))
      .map(({ number }) => ({
        errorNumber: number,
        errorMessage: errorText(number, 'v1', world.settings.unknowns.errorTexts),
      })),
    maxBatchAssociateLicenseCount: MAX_BATCH,
    maxBatchDisassociateLicenseCount: MAX_BATCH,
    vppServiceConfigSrvUrl: `${origin}${endpoints.v1ServiceConfig.path}`,
    clientConfigSrvUrl: `${origin}${endpoints.v1ClientConfig.path}`,
    contentMetadataLookupUrl: `${origin}${endpoints.contentMetadataLookup.path}`,
  };
}

/** Who downloaded the token and for which organization: what version 2 does not tell. Also sets the old claim. */
export function v1ClientConfig({ world, body }: Call): object {
  const token = authenticate(world, typeof body.sToken === 'string' ? body.sToken : '');
  const { location, account } = token;
  const wanted = body.clientContext;
  if (wanted !== undefined && wanted !== null) {
    if (typeof wanted !== 'string' || Buffer.byteLength(wanted) >= MAX_CONTEXT_BYTES) throw new Refusal(9602);
    if (account.role !== 'content-manager') throw new Refusal(9637);
    location.clientContext = wanted;
  }
  const soon = token.expiresAt - world.clock.now() <= WARNING_MS;
  return {
    status: 0,
    uId: location.uId,
    organizationId: location.organization.organizationId,
    organizationIdHash: location.organization.organizationIdHash,
    appleId: account.appleId,
    email: account.appleId,
    countryCode: location.countryISO2ACode,
    location: { locationId: location.locationId, locationName: location.locationName },
    clientContext: location.usedWithV2 ? USED_WITH_V2 : location.clientContext,
    expirationMillis: token.expiresAt,
    ...(soon ? { tokenExpDate: appleInstant(token.expiresAt) } : {}),
  };
}

/** Version 1 answers 200 with a status of its own. */
export function v1Refusal(refusal: Refusal, wording: Unknowns['errorTexts']): object {
  return { status: -1, ...refusal.body('v1', wording) };
}
