import type { ClaimState } from '../claim.ts';
import type { Instant } from '../instant.ts';
import type { TokenState } from '../token-state.ts';

/** What a rule may look at of one token. */
export interface AlertFacts {
  tokenId: string;
  organizationId: string;
  organizationName: string;
  /** The token's policy and all above it. */
  policyPath: readonly string[];
  locationName: string;
  expiresAt: Instant | null;
  state: TokenState;
  stateSince: Instant;
  /** The last complete reading; before the first one, when the token was added. */
  readAt: Instant;
  claim: ClaimState;
  claimId: string | null;
  claimName: string | null;
}
