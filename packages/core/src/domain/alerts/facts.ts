import type { AppleFailure } from '../apple-failure.ts';
import type { Instant } from '../instant.ts';
import type { ClaimState, Mode } from '../locations/claim.ts';
import type { TokenState } from '../tokens/token-state.ts';

/** What a rule may look at of one token. */
export interface AlertFacts {
  tokenId: string;
  organizationId: string;
  organizationName: string;
  /** The token's policy and all above it. */
  policyPath: readonly string[];
  locationName: string;
  expiresAt: Instant | null;
  /** Days before expiry of its own, in the place of those of every rule. */
  expiryDays: readonly number[] | null;
  state: TokenState;
  stateSince: Instant;
  /** What Apple refuses with, in a state that comes from a refusal. */
  failure: AppleFailure | null;
  /** The last states it has left, newest last. */
  stateTrail: readonly { state: TokenState; since: Instant; until: Instant }[];
  /** The last complete reading; before the first one, when the token was added. */
  readAt: Instant;
  /** The first scan that failed since the last complete reading. */
  scanFailingSince: Instant | null;
  mode: Mode;
  claim: ClaimState;
  claimId: string | null;
  claimName: string | null;
  /** A person asked for our claim and Apple has not confirmed it yet. */
  claimWanted: boolean;
  /** One more with every change of the claim. */
  claimRevision: number;
  /** When Apple last sent a notification, or since when it should; null where none are set up. */
  lastNotificationAt: Instant | null;
  /** Assets of the location that may be low, as the rule asked. */
  assets: readonly AssetCounts[];
  /** Assignments and releases that failed within the hours the rule asked for. */
  failedAssignments: number;
}

export interface AssetCounts {
  adamId: string;
  pricingParam: string;
  name: string | null;
  total: number;
  available: number;
  /** By the threshold that holds there, whatever the rule says. */
  low: boolean;
}
