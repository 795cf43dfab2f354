import type { AppleFailure, TokenRecord } from '@winesap/core';
import type { Kysely, Selectable } from 'kysely';
import type { Tables } from '../tables.ts';

/** Tokens with the names of everything they belong to. */
export function selectTokens(db: Kysely<Tables>) {
  return db
    .selectFrom('content_tokens')
    .innerJoin('locations', 'locations.uid', 'content_tokens.location_uid')
    .innerJoin('policies', 'policies.id', 'content_tokens.policy_id')
    .innerJoin('organizations', 'organizations.id', 'content_tokens.organization_id')
    .selectAll('content_tokens')
    .select([
      'locations.name as location_name',
      'locations.country',
      'locations.default_platform',
      'locations.website_url',
      'policies.name as policy_name',
      'policies.token_inheritance',
      'organizations.name as customer_name',
    ]);
}

export type TokenRow = Selectable<Tables['content_tokens']> & {
  location_name: string | null;
  country: string | null;
  default_platform: string | null;
  website_url: string | null;
  policy_name: string;
  token_inheritance: boolean;
  customer_name: string;
};

export function rowToToken(row: TokenRow): TokenRecord {
  return {
    id: row.id,
    organizationId: row.organization_id,
    organizationName: row.customer_name,
    policyId: row.policy_id ?? '',
    policyName: row.policy_name,
    identity: {
      uId: row.location_uid,
      locationName: row.location_name,
      appleId: row.apple_id,
      email: row.email,
      organizationName: row.organization_name,
      appleOrganizationId: row.apple_organization_id,
      country: row.country,
      defaultPlatform: row.default_platform,
      websiteUrl: row.website_url,
      expiresAt: row.expires_at,
      mdmInfo: row.mdm_id === null ? null : { id: row.mdm_id, name: row.mdm_name, metadata: row.mdm_metadata },
    },
    sealed: row.sealed ?? '',
    fingerprint: row.fingerprint,
    fileName: row.file_name,
    mode: row.mode,
    version: row.version,
    configWrites: row.config_writes,
    state: row.state,
    stateSince: row.state_since,
    failure: row.failure as AppleFailure | null,
    confirmed: row.confirmed,
    refusedSince: row.refused_since,
    definiteAt: row.definite_at,
    checkedAt: row.checked_at,
    successAt: row.success_at,
    syncedAt: row.synced_at,
    scanEveryMs: row.scan_every_ms === null ? null : Number(row.scan_every_ms),
    scanFailures: row.scan_failures,
    claim: row.claim,
    agreedClaimId: row.agreed_claim_id,
    claimWanted: row.claim_wanted,
    leftOut: row.left_out,
    renewedAt: row.renewed_at,
    renewedBy: row.renewed_by,
  };
}
