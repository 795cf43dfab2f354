import type { AppleFailure } from './apple-failure.ts';

export type Level = 'error' | 'warning' | 'info';
export type ReceiverType = 'vpp-token' | 'policy' | 'organization' | 'person' | 'system';

/** Who did it. `null` stands for Winesap itself. */
export interface Actor {
  /** Of the person, when it was one. */
  personId: string | null;
  name: string;
  requestId: string | null;
}

/**
 * A line of the log, before it is written. The text is stored as it was said: a log that changes its words with an
 * upgrade is no record.
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
