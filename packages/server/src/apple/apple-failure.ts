import { AppleError, AppleNoAnswer, AppleOtherLocation, AppleRefusal, AppleUnreadable } from '@winesap/apple-client';
import { type AppleFailure, AppleFailureError } from '@winesap/core';
import { cleanText } from './clean-text.ts';

/** Runs a call of the client and turns its errors into the domain's. */
export async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(error);
  }
}

export function translate(error: unknown): unknown {
  if (!(error instanceof AppleError)) return error;
  return new AppleFailureError(failureOf(error), { cause: error });
}

function failureOf(error: AppleError): AppleFailure {
  const { doing } = error;
  if (error instanceof AppleRefusal)
    return {
      kind: 'refused',
      httpStatus: error.httpStatus,
      errorNumber: error.errorNumber,
      errorMessage: cleanText(error.errorMessage),
      doing,
      retryAfterMs: error.retryAfterMs,
    };
  if (error instanceof AppleOtherLocation)
    return {
      kind: 'other-location',
      httpStatus: error.httpStatus,
      doing,
      expected: error.expectedUId,
      found: cleanText(error.foundUId),
      mayHaveArrived: error.mayHaveArrived,
    };
  // Without Apple's error number, the status still shows whether Apple is busy or down, and its advice to wait counts.
  if (error instanceof AppleUnreadable && (error.httpStatus === 429 || error.httpStatus === 503))
    return {
      kind: 'refused',
      httpStatus: error.httpStatus,
      errorNumber: null,
      errorMessage: null,
      doing,
      retryAfterMs: error.retryAfterMs,
    };
  if (error instanceof AppleUnreadable) return { kind: 'unreadable', httpStatus: error.httpStatus, doing };
  const reason = error instanceof AppleNoAnswer ? error.reason : 'network';
  // The caller aborted because the call took too long.
  return {
    kind: 'no-answer',
    reason: reason === 'aborted' ? 'timeout' : reason,
    doing,
    mayHaveArrived: error.mayHaveArrived,
  };
}
