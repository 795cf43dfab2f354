import type { SealErrorCode } from './seal-error.ts';

/** `moved`: the data changed during every read, so that no consistent snapshot was possible. */
export type NoAnswerReason = 'timeout' | 'network' | 'moved';

/**
 * Apple refused, did not answer, sent an unreadable answer, or could not be asked. `other-location`: Apple answered
 * about another location than the token's; nothing of such an answer is used.
 */
export type AppleFailure =
  | {
      kind: 'refused';
      httpStatus: number;
      errorNumber: number | null;
      errorMessage: string | null;
      doing: string;
      retryAfterMs: number | null;
    }
  | { kind: 'no-answer'; reason: NoAnswerReason; doing: string; mayHaveArrived: boolean }
  | { kind: 'unreadable'; httpStatus: number; doing: string }
  | {
      kind: 'other-location';
      httpStatus: number;
      doing: string;
      expected: string;
      found: string;
      mayHaveArrived: boolean;
    }
  /** Nothing was sent: Winesap could not open the stored credential. */
  | { kind: 'not-asked'; reason: SealErrorCode; doing: string };

/** Adapters of the Apple port throw this error and no other error of Apple's. */
export class AppleFailureError extends Error {
  override name = 'AppleFailureError';
  readonly failure: AppleFailure;
  constructor(failure: AppleFailure, options?: { cause?: unknown }) {
    super(appleLine(failure), options);
    this.failure = failure;
  }
}

const NO_ANSWER: Record<NoAnswerReason, string> = {
  timeout: 'Apple did not answer in time.',
  network: 'Apple could not be reached.',
  moved: 'The data at Apple changed while it was read.',
};

const NOT_ASKED: Record<SealErrorCode, string> = {
  'seal.no-key-fits': 'None of the sealing keys opens it.',
  'seal.damaged': 'It was changed after it was sealed.',
  'seal.other-place': 'It was sealed for another row of the database.',
  'seal.key-invalid': 'A sealing key is not valid.',
  'seal.key-missing': 'There is no sealing key.',
};

/**
 * Returns the line that admins search the web for: `401 - error while retrieving token assets || 9625 - The server …`.
 */
export function appleLine(failure: AppleFailure): string {
  switch (failure.kind) {
    case 'refused': {
      const start = `${failure.httpStatus} - error while ${failure.doing}`;
      if (failure.errorNumber === null) return start;
      return `${start} || ${failure.errorNumber} - ${failure.errorMessage ?? 'no message'}`;
    }
    case 'no-answer':
      return `no answer - error while ${failure.doing} || ${NO_ANSWER[failure.reason]}`;
    case 'unreadable':
      return `${failure.httpStatus} - error while ${failure.doing} || the answer could not be read`;
    case 'other-location':
      return `${failure.httpStatus} - error while ${failure.doing} || the answer is about location ${failure.found}, not ${failure.expected}`;
    case 'not-asked':
      return `not sent - error while ${failure.doing} || ${NOT_ASKED[failure.reason]}`;
  }
}

/** Returns the same as a sentence. */
export function appleSaid(failure: AppleFailure): string {
  const line = appleLine(failure);
  return `Apple said: ${line}${/[.!?]$/.test(line) ? '' : '.'}`;
}
