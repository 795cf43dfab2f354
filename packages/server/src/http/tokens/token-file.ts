import type { Identity as IdentityView, TokenFile, TokenRef } from '@winesap/api';
import { holderOf, type Identity, type ReadFile, type TokenRecord } from '@winesap/core';
import { iso } from '../../store/reads/apple-said.ts';
import { identityView } from '../../store/tokens/reads/identity-view.ts';

/** A file without its secret. */
export function fileView(file: ReadFile): TokenFile {
  return {
    name: file.name,
    bytes: file.bytes,
    fingerprint: file.fingerprint,
    organizationName: file.organizationName,
    expiresAt: iso(file.expiresAt),
  };
}

/** An identity just read from Apple, not stored. */
export function freshIdentityView(identity: Identity, installationId: string, readAt: Date): IdentityView {
  const holder = holderOf(identity.mdmInfo, installationId);
  return identityView(identity, holder === 'foreign' ? 'taken' : holder, readAt);
}

export function refOf(token: TokenRecord): TokenRef {
  return {
    tokenId: token.id,
    organizationId: token.organizationId,
    organizationName: token.organizationName,
    policyId: token.policyId,
    policyName: token.policyName,
  };
}
