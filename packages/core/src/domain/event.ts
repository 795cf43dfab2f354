import type { AppleFailure } from './apple-failure.ts';

export type Level = 'error' | 'warning' | 'info';
export type ReceiverType = 'vpp-token' | 'policy' | 'organization' | 'person' | 'system';

/** Who did it. `null` means Winesap itself. */
export interface Actor {
  /** The person's ID, if it was a person. */
  personId: string | null;
  name: string;
  requestId: string | null;
}

/**
 * A line of the log, before it is written. The text is stored as written: a log whose wording changes with an upgrade
 * is not a record.
 */
export interface EventDraft {
  level: Level;
  receiverType: ReceiverType;
  receiverName: string;
  code: string;
  text: string;
  failure: AppleFailure | null;
  organizationId: string | null;
  policyId: string | null;
  tokenId: string | null;
  actor: Actor | null;
  data: Record<string, unknown>;
}
