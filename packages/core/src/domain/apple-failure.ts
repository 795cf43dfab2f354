/** Apple said no, did not answer, or answered something nobody can read. */
export type AppleFailure =
  | {
      kind: 'refused';
      httpStatus: number;
      errorNumber: number | null;
      errorMessage: string | null;
      doing: string;
      retryAfterMs: number | null;
    }
  | { kind: 'no-answer'; reason: 'timeout' | 'network'; doing: string; mayHaveArrived: boolean }
  | { kind: 'unreadable'; httpStatus: number; doing: string };

/** What an adapter of the Apple port throws; nothing else of Apple's comes through. */
export class AppleFailureError extends Error {
  override name = 'AppleFailureError';
  readonly failure: AppleFailure;
  constructor(failure: AppleFailure, options?: { cause?: unknown }) {
    super(appleLine(failure), options);
    this.failure = failure;
  }
}

/** The one line that admins search the web for: `401 - error while retrieving token assets || 9625 - The server …`. */
export function appleLine(failure: AppleFailure): string {
  switch (failure.kind) {
    case 'refused': {
      const start = `${failure.httpStatus} - error while ${failure.doing}`;
      if (failure.errorNumber === null) return start;
      return `${start} || ${failure.errorNumber} - ${failure.errorMessage ?? 'no message'}`;
    }
    case 'no-answer':
      return `no answer - error while ${failure.doing} || ${failure.reason === 'timeout' ? 'Apple did not answer in time.' : 'Apple could not be reached.'}`;
    case 'unreadable':
      return `${failure.httpStatus} - error while ${failure.doing} || the answer could not be read`;
  }
}
