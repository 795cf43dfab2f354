import { STATUS_CODES } from 'node:http';
import type { SendOutcome } from '@winesap/core';
import type { Answer } from './post-json.ts';

/**
 * Interprets a receiver's HTTP response. Only the status is reported: the body belongs in the receiver's own log, and a
 * channel must not become a way to read what is behind an address.
 */
export function outcomeOf({ status, retryAfter }: Answer): SendOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent', note: `HTTP ${status}` };
  if (status === 410) return { kind: 'gone', note: 'The receiver answered 410: it wants no more messages.' };
  if (status >= 300 && status < 400)
    return { kind: 'failed', note: `HTTP ${status}: redirects are not followed. Give the final address.` };
  const seconds = Number(retryAfter);
  const asked = Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
  return { kind: 'failed', note: `HTTP ${status} ${STATUS_CODES[status] ?? ''}`.trim(), ...asked };
}
