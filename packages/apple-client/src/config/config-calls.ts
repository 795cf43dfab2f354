import type { CallOptions } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import { type ClientConfig, type ClientConfigRequest, readClientConfig } from './client-config.ts';
import { type LegacyClientConfig, readLegacyClientConfig } from './legacy-client-config.ts';
import { readServiceConfig, type ServiceConfig } from './service-config.ts';

export interface ConfigCalls {
  /**
   * Returns Apple's limits, addresses, and error texts. Sends no token, so success proves nothing about one. A
   * published `maxRequestPerSecond` below ours slows the limiter down. Errors: none of the token's.
   * Source: service-config (documented).
   */
  serviceConfig(options?: CallOptions): Promise<ServiceConfig>;
  /**
   * Returns the location behind the token. This is the cheapest proof that a token works, and the only proof that a
   * location is free: `mdmInfo` is then null. Errors: 9621 expired, 9625 revoked, 9622 no token (also with HTTP 200),
   * 9722.
   * Source: client-config-71glv (documented).
   */
  clientConfig(options?: CallOptions): Promise<ClientConfig>;
  /**
   * Sets the claim and the notifications of the location. This call alone takes over a location; the last caller wins,
   * without an error. It is never sent twice if the first one may have arrived (`mayHaveArrived`): read
   * `clientConfig()` then.
   * Errors: 9723 to 9725 and 9713 about the claim, 9710 to 9712 about URL and secret, 9728 if Apple's test notification
   * was not answered. After a refusal, nothing has changed. Source: client-config-4szk1 (documented).
   */
  setClientConfig(request: ClientConfigRequest, options?: CallOptions): Promise<ClientConfig>;
  /**
   * Returns Apple ID, email, and organization of the token, from the first generation of the API. Only reads. Errors:
   * as `clientConfig`, all with HTTP 200. Source: client-configuration (documented, editions 2013-2025).
   */
  legacyClientConfig(options?: CallOptions): Promise<LegacyClientConfig>;
}

export function configCalls(send: Send, contentToken: string, seen: (config: ServiceConfig) => void): ConfigCalls {
  return {
    serviceConfig: async (options) => {
      const config = await send(
        { doing: 'retrieving service config', method: 'GET', path: '/mdm/v2/service/config', credential: 'none' },
        readServiceConfig,
        options,
      );
      seen(config);
      return config;
    },
    clientConfig: (options) =>
      send(
        { doing: 'retrieving client config', method: 'GET', path: '/mdm/v2/client/config' },
        readClientConfig,
        options,
      ),
    setClientConfig: (request, options) =>
      send(
        {
          doing: 'updating client config',
          method: 'POST',
          path: '/mdm/v2/client/config',
          body: request,
          secrets: request.notificationAuthToken ? [request.notificationAuthToken] : [],
        },
        readClientConfig,
        options,
      ),
    legacyClientConfig: (options) =>
      send(
        {
          doing: 'retrieving legacy client config',
          method: 'POST',
          path: '/mdm/VPPClientConfigSrv',
          credential: 'body',
          body: { sToken: contentToken },
          repeatable: true,
        },
        readLegacyClientConfig,
        options,
      ),
  };
}
