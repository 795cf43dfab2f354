import type { ErrorInfo } from '../errors/apple-refusal.ts';
import { readErrorInfo } from '../read/error-info.ts';
import type { Fields } from '../read/fields.ts';
import { type Open, readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

export type EventType = Open<'ASSOCIATE' | 'DISASSOCIATE' | 'REVOKE' | 'CREATE' | 'UPDATE' | 'RETIRE'>;

/** Why some tasks of an event failed. `errorInfo` names those concerned, if Apple named any. */
export interface EventFailure {
  readonly errorNumber: number;
  readonly errorMessage: string;
  readonly errorInfo: ErrorInfo;
}

/**
 * The progress of a change. One failed task makes the whole event `FAILED` even though the others were done.
 * Source: statusresponse (documented).
 */
export interface EventStatus extends Trailer, Unread {
  readonly eventStatus: Open<'PENDING' | 'COMPLETE' | 'FAILED'>;
  readonly eventType: EventType | null;
  /** Tasks: assets times holders, or users. */
  readonly numRequested: number | null;
  /** Tasks done. For a failed event, those that succeeded (observed). */
  readonly numCompleted: number | null;
  readonly failures: readonly EventFailure[];
}

export function readFailure(failure: Fields): EventFailure {
  return {
    errorNumber: failure.count('errorNumber') ?? 0,
    errorMessage: failure.text('errorMessage') ?? '',
    errorInfo: readErrorInfo(failure.raw.errorInfo),
  };
}

export function readEventStatus(answer: Fields): EventStatus {
  return {
    ...readTrailer(answer),
    eventStatus: answer.needText('eventStatus'),
    eventType: answer.text('eventType'),
    numRequested: answer.count('numRequested'),
    numCompleted: answer.count('numCompleted'),
    failures: answer.rows('failures', readFailure),
    ...answer.rest(),
  };
}
