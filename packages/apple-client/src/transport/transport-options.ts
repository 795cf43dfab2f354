import type { Exchange, RetryOptions } from './call.ts';
import type { Limiter } from './limiter.ts';
import { createScrub, type Scrub } from './scrub.ts';
import { createSender, type Send, type SenderSettings } from './sender.ts';
import { realTime, type Time } from './time.ts';

/** What all clients here share. */
export interface TransportOptions {
  readonly fetch?: typeof fetch | undefined;
  readonly retry?: Partial<RetryOptions> | undefined;
  /** Time for one attempt, from its sending to the last byte. Default 30,000 ms. */
  readonly timeoutMs?: number | undefined;
  /** Larger answers are refused as unreadable. Default 32 MiB. */
  readonly maxResponseBytes?: number | undefined;
  readonly userAgent?: string | undefined;
  /** Called after every attempt. The exchange contains no secrets. Anything it throws is ignored. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** For tests. */
  readonly time?: Time | undefined;
  /** For tests: the randomness of pauses, from 0 to 1. */
  readonly random?: (() => number) | undefined;
}

interface Particulars {
  readonly baseUrl: string;
  readonly limiter: Limiter;
  readonly credentials: SenderSettings['credentials'];
  /** Returns what must never be shown at this moment; the same list while nothing changes. */
  readonly secrets: () => readonly string[];
  /** The only location that answers may be about. */
  readonly uId?: string | undefined;
}

export function senderFor(
  options: TransportOptions,
  { baseUrl, limiter, credentials, secrets, uId }: Particulars,
): Send {
  return createSender({
    credentials,
    origin: new URL(baseUrl).href.replace(/\/+$/, ''),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    limiter,
    retry: { attempts: 5, firstWaitMs: 500, longestWaitMs: 30_000, budgetMs: 180_000, ...options.retry },
    timeoutMs: options.timeoutMs ?? 30_000,
    maxResponseBytes: options.maxResponseBytes ?? 32 * 1024 * 1024,
    userAgent: options.userAgent ?? 'winesap-apple-client',
    scrub: scrubCurrent(secrets),
    time: options.time ?? realTime,
    random: options.random ?? Math.random,
    onExchange: options.onExchange,
    uId,
  });
}

/** Secrets can change while a client lives: developer tokens are renewed from time to time. */
function scrubCurrent(secrets: () => readonly string[]): Scrub {
  let known: readonly string[] | null = null;
  let scrub: Scrub = (text) => text;
  return (text) => {
    const current = secrets();
    if (current !== known) {
      known = current;
      scrub = createScrub(current);
    }
    return scrub(text);
  };
}

/**
 * Returns a credential as a header can carry it: without white space and byte order marks. The error does not quote the
 * credential, as that of `fetch` would.
 */
export function sendable(text: string, mustBe: string): string {
  const credential = text.replace(/[\s\uFEFF]+/g, '');
  if (!/^[\x21-\x7e]+$/.test(credential)) throw new TypeError(mustBe);
  return credential;
}
