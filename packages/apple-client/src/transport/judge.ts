import type { AppleError } from '../errors/apple-error.ts';
import { AppleRefusal } from '../errors/apple-refusal.ts';
import { AppleUnreadable, type UnreadableReason } from '../errors/apple-unreadable.ts';
import { readCatalogError, readErrorInfo, readErrorNumber } from '../read/error-info.ts';
import { isObject, type Json } from '../read/fields.ts';
import type { Body } from './read-body.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Scrub } from './scrub.ts';

export interface Received {
  readonly doing: string;
  /** False for a write. */
  readonly repeatable: boolean;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly scrub: Scrub;
  /** Wall clock, for a `Retry-After` that is a date. */
  readonly nowMs: number;
}

/** Numbers with which Apple rejects a request before it does anything. */
const TURNED_AWAY = new Set([9646, 9729]);
/** Apple gave up on the request in time; how far it got is unknown. */
const INTERNAL_ERROR = 9603;
const BODY_SHOWN = 300;

/** Classifies an answer: the JSON object that it carries, or one of our errors (returned, not thrown). */
export function judge(received: Received): Json | AppleError {
  const { body, status } = received;
  if (body.cut) return unreadable(received, 'too-large');
  if (status >= 300 && status < 400) return unreadable(received, 'redirect');
  if (body.text.trim() === '') return unreadable(received, 'empty');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.text);
  } catch {
    return unreadable(received, 'not-json');
  }
  if (!isObject(parsed)) return unreadable(received, 'shape', 'an object');
  const errorNumber = readErrorNumber(parsed);
  if (errorNumber !== null) return refusal(received, parsed, errorNumber);
  const catalogError = readCatalogError(parsed);
  if (catalogError !== null) return refusal(received, catalogError, catalogError.errorNumber);
  // Legacy calls report everything with 200, and a failure without a number isn't a success.
  const success = status >= 200 && status < 300 && parsed.status !== -1;
  return success ? parsed : unreadable(received, 'status');
}

function refusal(
  received: Received,
  parsed: { readonly errorMessage?: unknown; readonly errorInfo?: unknown },
  errorNumber: number,
): AppleRefusal {
  const { status, scrub } = received;
  return new AppleRefusal({
    ...common(received),
    mayHaveArrived:
      !received.repeatable && (status >= 500 || errorNumber === INTERNAL_ERROR) && !TURNED_AWAY.has(errorNumber),
    httpStatus: status,
    errorNumber,
    errorMessage: scrub(typeof parsed.errorMessage === 'string' ? parsed.errorMessage : ''),
    errorInfo: readErrorInfo(parsed.errorInfo, scrub),
  });
}

export function unreadable(received: Received, reason: UnreadableReason, where: string | null = null): AppleUnreadable {
  const { status, headers, body, scrub } = received;
  const contentType = headers.get('content-type');
  return new AppleUnreadable({
    ...common(received),
    // Only Apple's own refusal proves that nothing was done. Anything in between may answer after Apple has acted.
    mayHaveArrived: !received.repeatable,
    reason,
    where,
    httpStatus: status,
    contentType: contentType === null ? null : scrub(contentType).slice(0, 100),
    bodyStart: scrub(body.text.slice(0, 4_000)).slice(0, BODY_SHOWN),
  });
}

function common({ doing, headers, nowMs }: Received) {
  return { doing, retryAfterMs: retryAfterMs(headers, nowMs) };
}
