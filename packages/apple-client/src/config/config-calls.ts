import type { CallOptions } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import { type ClientConfig, type ClientConfigRequest, readClientConfig } from './client-config.ts';
import { type LegacyClientConfig, readLegacyClientConfig } from './legacy-client-config.ts';
import { readServiceConfig, type ServiceConfig } from './service-config.ts';

export interface ConfigCalls {
  /**
   * Apple's limits, addresses and error texts. Sends no token, so its success says nothing about one.
   * A published `maxRequestPerSecond` below ours slows the limiter down.
   */
  serviceConfig(options?: CallOptions): Promise<ServiceConfig>;
  /**
   * The location behind the token. The cheapest proof that a token works, and the only one that a location is free:
   * then `mdmInfo` is null.
   */
  clientConfig(options?: CallOptions): Promise<ClientConfig>;
  /**
   * Sets claim and notifications of the location. Taking over a location is nothing but this call; the last one wins,
   * without an error. Never sent twice when the first may have arrived (`mayHaveArrived`): read `clientConfig()` then.
   */
  setClientConfig(request: ClientConfigRequest, options?: CallOptions): Promise<ClientConfig>;
  /** Apple ID, e-mail and organization of the token, from the first generation of the API. Reads only. */
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
