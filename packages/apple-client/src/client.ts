import { type AssetCalls, assetCalls } from './assets/asset-calls.ts';
import { type ConfigCalls, configCalls } from './config/config-calls.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { AppleError } from './errors/apple-error.ts';
import { type ChangeCalls, changeCalls } from './events/change-calls.ts';
import { type LookupCalls, lookupCalls } from './store/lookup-calls.ts';
import { lookupUrlFrom } from './store/lookup-url.ts';
import { type SubscriptionCalls, subscriptionCalls } from './subscriptions/subscription-calls.ts';
import type { CallOptions, Exchange, RetryOptions } from './transport/call.ts';
import { createLimiter, type Limiter } from './transport/limiter.ts';
import { createScrub, secretsOf } from './transport/scrub.ts';
import { createSender } from './transport/sender.ts';
import { realTime, type Time } from './transport/time.ts';
import { type UserCalls, userCalls } from './users/user-calls.ts';

export interface AppleClientOptions {
  /** The whole text of the `.vpptoken` file; white space in it does not matter. */
  readonly contentToken: string;
  /** Another host, with the same paths. When given, the metadata lookup goes there as well. */
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** One for all clients of a location; without it the client has its own. */
  readonly limiter?: Limiter | undefined;
  readonly retry?: Partial<RetryOptions> | undefined;
  /** Time for one attempt, from its sending to the last byte. Default 30,000 ms. */
  readonly timeoutMs?: number | undefined;
  /** Larger answers are refused as unreadable. Default 32 MiB. */
  readonly maxResponseBytes?: number | undefined;
  readonly userAgent?: string | undefined;
  /** Told of every attempt when it is over; nothing in it is secret. What it throws is ignored. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** For tests. */
  readonly time?: Time | undefined;
  /** For tests: chance in pauses, from 0 to 1. */
  readonly random?: (() => number) | undefined;
}

/** Everything one content token can do. Calls fail with an `AppleError` and with nothing else. */
export interface AppleClient extends ConfigCalls, AssetCalls, UserCalls, ChangeCalls, SubscriptionCalls, LookupCalls {
  /** Service config, at most five minutes old: Apple's rule for how long limits may be relied on. */
  currentServiceConfig(options?: CallOptions): Promise<ServiceConfig>;
}

const PRODUCTION = 'https://vpp.itunes.apple.com';
const SERVICE_CONFIG_GOOD_FOR_MS = 300_000;

/**
 * Makes a client of one location. Sends nothing by itself, and never claims anything unasked.
 * Throws a `TypeError` when the token could not be sent at all: empty, or with characters no header can carry.
 */
export function createAppleClient(options: AppleClientOptions): AppleClient {
  const contentToken = sendable(options.contentToken);
  const time = options.time ?? realTime;
  const limiter = options.limiter ?? createLimiter(time);
  const send = createSender({
    contentToken,
    origin: new URL(options.baseUrl ?? PRODUCTION).href.replace(/\/+$/, ''),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    limiter,
    retry: { attempts: 5, firstWaitMs: 500, longestWaitMs: 30_000, budgetMs: 180_000, ...options.retry },
    timeoutMs: options.timeoutMs ?? 30_000,
    maxResponseBytes: options.maxResponseBytes ?? 32 * 1024 * 1024,
    userAgent: options.userAgent ?? 'winesap-apple-client',
    scrub: createScrub(secretsOf(contentToken)),
    time,
    random: options.random ?? Math.random,
    onExchange: options.onExchange,
  });

  let known: { readonly config: ServiceConfig; readonly readAt: number } | null = null;
  const config = configCalls(send, contentToken, (fresh) => {
    known = { config: fresh, readAt: time.now() };
    const rate = fresh.limits.maxRequestPerSecond;
    if (rate !== undefined) limiter.publishedRate(rate);
  });
  const currentServiceConfig = async (callOptions?: CallOptions): Promise<ServiceConfig> =>
    known && time.now() - known.readAt < SERVICE_CONFIG_GOOD_FOR_MS ? known.config : config.serviceConfig(callOptions);
  const givenOrigin = options.baseUrl === undefined ? null : new URL(options.baseUrl).origin;

  return {
    ...config,
    ...assetCalls(send, time),
    ...userCalls(send),
    ...changeCalls(send, time),
    ...subscriptionCalls(send),
    ...lookupCalls(send, async (callOptions) => {
      // The address has been the same for years: service config being away is no reason not to ask there.
      const service = await currentServiceConfig({ ...callOptions, retry: false }).catch((error: unknown) => {
        if (!(error instanceof AppleError) || callOptions?.signal?.aborted) throw error;
        return null;
      });
      return lookupUrlFrom(service?.urls.contentMetadataLookup, givenOrigin);
    }),
    currentServiceConfig,
  };
}

/** The message must not quote the token, and `fetch` would when refusing the header. */
function sendable(contentToken: string): string {
  const token = contentToken.replace(/[\s\uFEFF]+/g, '');
  if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('contentToken must be the text of a .vpptoken file');
  return token;
}
