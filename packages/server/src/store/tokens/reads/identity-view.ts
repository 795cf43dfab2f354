import type { Identity as IdentityView } from '@winesap/api';
import { type ClaimState, type Identity, kindOfOrganization } from '@winesap/core';
import { iso } from '../../reads/apple-said.ts';
import { claimView } from './claim-view.ts';

/** Whose location a token opens, stored or just read, and who had claimed it then. */
export function identityView(identity: Identity, claim: ClaimState, seenAt: Date | null): IdentityView {
  return {
    uId: identity.uId,
    locationName: identity.locationName,
    appleId: identity.appleId,
    email: identity.email,
    organizationName: identity.organizationName,
    appleOrganizationId: identity.appleOrganizationId,
    country: identity.country,
    kind: kindOfOrganization(identity),
    websiteUrl: identity.websiteUrl,
    expiresAt: iso(identity.expiresAt),
    claim: claimView(claim, identity.mdmInfo, seenAt),
  };
}
