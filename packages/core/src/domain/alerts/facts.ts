import type { AppleFailure } from '../apple-failure.ts';
import type { Instant } from '../instant.ts';
import type { ClaimState, Mode } from '../locations/claim.ts';
import type { TokenState } from '../tokens/token-state.ts';

/** What a rule can evaluate about one token. */
export interface AlertFacts {
  tokenId: string;
  organizationId: string;
  organizationName: string;
  /** The token's policy and its ancestors. */
  policyPath: readonly string[];
  locationName: string;
  expiresAt: Instant | null;
  /** The token's own days before expiry, which replace those of every rule. */
  expiryDays: readonly number[] | null;
  state: TokenState;
  stateSince: Instant;
  /** Apple's refusal, in a state that a refusal caused. */
  failure: AppleFailure | null;
  /** The states it left most recently, newest last. */
  stateTrail: readonly { state: TokenState; since: Instant; until: Instant }[];
  /** The last complete scan; before the first one, when the token was added. */
  readAt: Instant;
  /** The first scan that failed since the last complete one. */
  scanFailingSince: Instant | null;
  mode: Mode;
  claim: ClaimState;
  claimId: string | null;
  claimName: string | null;
  /** A person asked for our claim and Apple has not confirmed it yet. */
  claimWanted: boolean;
  /** Increases with every change of the claim. */
  claimRevision: number;
  /** When Apple last sent a notification, or since when it should have; null where none are set up. */
  lastNotificationAt: Instant | null;
  /** Assets of the location that may be low, as the rule asked. */
  assets: readonly AssetCounts[];
  /** Assignments and releases that failed within the hours that the rule asked for. */
  failedAssignments: number;
}

export interface AssetCounts {
  adamId: string;
  pricingParam: string;
  name: string | null;
  total: number;
  available: number;
  /** By the threshold that applies there, whatever the rule says. */
  low: boolean;
}
