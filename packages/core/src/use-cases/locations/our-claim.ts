import type { MdmInfo } from '../../domain/locations/claim.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';

/** What Apple shows about us to everyone who opens the location. */
export function ourClaim(deps: Deps, token: Pick<TokenRecord, 'policyId'>): MdmInfo {
  return { id: deps.installationId, name: 'Winesap', metadata: `policy ${token.policyId}` };
}
