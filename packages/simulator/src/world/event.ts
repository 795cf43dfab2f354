import type { Location } from './location.ts';
import type { Token } from './token.ts';
import type { Work } from './work.ts';

export type EventType = 'ASSOCIATE' | 'DISASSOCIATE' | 'REVOKE' | 'CREATE' | 'UPDATE' | 'RETIRE';

/** Asynchronous work that was accepted. */
export interface SimulatedEvent {
  readonly eventId: string;
  readonly type: EventType;
  readonly location: Location;
  /** The token it was submitted with. */
  readonly token: Token;
  readonly work: Work;
  readonly acceptedAt: number;
  endedAt: number | undefined;
  /** Tasks run so far. */
  done: number;
  /** Task → error number. */
  readonly failures: Map<number, number>;
  /** Tasks that are said to have failed and were done. */
  readonly doneAllTheSame: Set<number>;
  /** Says COMPLETE at its end whatever failed. */
  alwaysComplete: boolean;
  stuck: boolean;
}

export function eventStatus(event: SimulatedEvent): 'PENDING' | 'COMPLETE' | 'FAILED' {
  if (event.endedAt === undefined) return 'PENDING';
  return event.failures.size > 0 && !event.alwaysComplete ? 'FAILED' : 'COMPLETE';
}
