import type { AppleError } from '../errors/apple-error.ts';
import { AppleNoAnswer } from '../errors/apple-no-answer.ts';
import { AppleRefusal } from '../errors/apple-refusal.ts';
import { AppleUnreadable } from '../errors/apple-unreadable.ts';

/** Maintenance (9644) is asynchronous in v2 but is returned as an answer in v1. */
const PASSES_BY_ITSELF = new Set([9603, 9644, 9646, 9729]);
const BUSY = new Set([9646, 9729]);
/** If Apple asks to wait, the next attempt comes after a second at the earliest, half of which is random. */
const BUSY_FIRST_MS = 2_000;

/**
 * Whether the same request may be sent again after this error. Pure: the waiting happens elsewhere. A write is repeated
 * only if the first attempt certainly did nothing: the rate limit or maintenance rejected it, or it was never sent.
 * Reads are repeated after anything temporary.
 */
export function worthRepeating(error: AppleError): boolean {
  if (error.mayHaveArrived) return false;
  if (error instanceof AppleRefusal) {
    return PASSES_BY_ITSELF.has(error.errorNumber) || error.httpStatus === 429 || error.httpStatus >= 500;
  }
  if (error instanceof AppleNoAnswer) return error.reason === 'timeout' || error.reason === 'network';
  if (error instanceof AppleUnreadable) return unreadablePasses(error);
  return false;
}

function unreadablePasses({ reason, httpStatus, retryAfterMs }: AppleUnreadable): boolean {
  switch (reason) {
    case 'redirect':
      return retryAfterMs !== null;
    case 'too-large':
    case 'shape':
      return false;
    case 'empty':
    case 'not-json':
    case 'status':
      return httpStatus < 300 || httpStatus >= 500 || httpStatus === 429 || httpStatus === 408;
  }
}

/** Apple, or a proxy in front of it, is busy, judging by its numbers, the HTTP status, or a `Retry-After`. */
function asksToWait(error: AppleError): boolean {
  if (error.retryAfterMs !== null) return true;
  if (error instanceof AppleRefusal && BUSY.has(error.errorNumber)) return true;
  const answered = error instanceof AppleRefusal || error instanceof AppleUnreadable;
  return answered && (error.httpStatus === 429 || error.httpStatus === 503);
}

export interface Pauses {
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/**
 * Returns how long to wait before the next attempt. What Apple asks for is never shortened, only lengthened by up to a
 * tenth so that many clients do not return at the same moment. In addition there is always a growing pause, half of it
 * random.
 */
export function pauseMs(attempt: number, error: AppleError, pauses: Pauses, random: () => number): number {
  const { retryAfterMs: askedMs } = error;
  const first = asksToWait(error) ? Math.max(BUSY_FIRST_MS, pauses.firstWaitMs) : pauses.firstWaitMs;
  const full = Math.min(Math.max(pauses.longestWaitMs, first), first * 2 ** (attempt - 1));
  const own = (full / 2) * (1 + random());
  return askedMs === null ? own : Math.max(own, askedMs * (1 + random() / 10));
}
