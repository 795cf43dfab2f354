import { STATUS_CODES } from 'node:http';
import type { SendOutcome } from '@winesap/core';
import type { Answer } from './post-json.ts';

/**
 * What the answer of a receiver over HTTP means. Its status alone is told: what a receiver says belongs into its own log, and
 * a channel is no way to read what is behind an address.
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
