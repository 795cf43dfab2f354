import { type AssetCalls, assetCalls } from './assets/asset-calls.ts';
import { type ConfigCalls, configCalls } from './config/config-calls.ts';
import type { ServiceConfig } from './config/service-config.ts';
import { AppleError } from './errors/apple-error.ts';
import { type ChangeCalls, changeCalls } from './events/change-calls.ts';
import { type LookupCalls, lookupCalls } from './store/lookup-calls.ts';
import { lookupUrlFrom } from './store/lookup-url.ts';
import { type SubscriptionCalls, subscriptionCalls } from './subscriptions/subscription-calls.ts';
import type { CallOptions, Credential } from './transport/call.ts';
import { createLimiter, type Limiter } from './transport/limiter.ts';
import { secretsOf } from './transport/scrub.ts';
import type { CredentialHeaders } from './transport/sender.ts';
import { realTime } from './transport/time.ts';
import { sendable, senderFor, type TransportOptions } from './transport/transport-options.ts';
import { type UserCalls, userCalls } from './users/user-calls.ts';

export interface AppleClientOptions extends TransportOptions {
  /** The whole text of the `.vpptoken` file. White space in it does not matter. */
  readonly contentToken: string;
  /** Another host with the same paths. The metadata lookup then goes there as well. */
  readonly baseUrl?: string | undefined;
  /**
   * The location that the token is known to open. An answer that names another location fails with
   * `AppleOtherLocation`, so that another organization's rows never get through. Without it, compare `uId` yourself.
   */
  readonly uId?: string | undefined;
  /** One limiter for all clients of a location. Without it, the client has its own. */
  readonly limiter?: Limiter | undefined;
}

/** Everything one content token can do. Calls fail only with an `AppleError`. */
export interface AppleClient extends ConfigCalls, AssetCalls, UserCalls, ChangeCalls, SubscriptionCalls, LookupCalls {
  /** Returns the service config, at most five minutes old, which is how long Apple says the limits hold. */
  currentServiceConfig(options?: CallOptions): Promise<ServiceConfig>;
}

const PRODUCTION = 'https://vpp.itunes.apple.com';
const SERVICE_CONFIG_GOOD_FOR_MS = 300_000;

/**
 * Creates a client of one location. Sends nothing by itself, and never claims a location unless asked to.
 * Throws a `TypeError` if the token can't be sent: it is empty or has characters that a header can't carry.
 */
export function createAppleClient(options: AppleClientOptions): AppleClient {
  const contentToken = sendable(options.contentToken, 'contentToken must be the text of a .vpptoken file');
  const time = options.time ?? realTime;
  const limiter = options.limiter ?? createLimiter(time);
  const headers: Readonly<Record<Credential, CredentialHeaders>> = {
    bearer: { authorization: `Bearer ${contentToken}` },
    cookie: { cookie: `itvt=${contentToken}` },
    both: { authorization: `Bearer ${contentToken}`, cookie: `itvt=${contentToken}` },
    body: {},
    none: {},
  };
  const secrets = secretsOf(contentToken);
  const send = senderFor(options, {
    baseUrl: options.baseUrl ?? PRODUCTION,
    limiter,
    credentials: (credential) => headers[credential],
    secrets: () => secrets,
    uId: options.uId,
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
      // The address hasn't changed in years, so a missing service config is no reason not to try it.
      const service = await currentServiceConfig({ ...callOptions, retry: false }).catch((error: unknown) => {
        if (!(error instanceof AppleError) || callOptions?.signal?.aborted) throw error;
        return null;
      });
      return lookupUrlFrom(service?.urls.contentMetadataLookup, givenOrigin);
    }),
    currentServiceConfig,
  };
}
