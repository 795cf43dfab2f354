import { apiKey } from '@better-auth/api-key';
import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import type { Log } from '../log/create-log.ts';
import type { AuthDb } from './auth-tables.ts';

export interface SignInOptions {
  db: AuthDb;
  publicUrl: string | null;
  secret: string;
  log?: Log | undefined;
}

export type SignInLibrary = ReturnType<typeof createSignInLibrary>;

/** The header in which `handle` passes on the client's address; a client's own value is dropped. */
export const CLIENT_ADDRESS_HEADER = 'x-winesap-client-address';

const DAY_S = 24 * 60 * 60;

/** How long a key lasts by default. */
export const KEY_DAYS = 365;

/** Configures better-auth for Winesap: passwords and sessions on our tables, no sign-up, no outgoing messages. */
export function createSignInLibrary({ db, publicUrl, secret, log }: SignInOptions) {
  return betterAuth({
    appName: 'Winesap',
    // Without a public address, nothing may depend on one: cookies also work over http, and origins are derived from
    // the requested host.
    baseURL: publicUrl ?? 'http://localhost',
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    // The library's warnings are users' mistakes; its errors are ours.
    logger: { log: (_level, message) => log?.info({ detail: message }, 'a remark about signing in') },
    onAPIError: {
      onError: (error) => {
        if (!isAPIError(error)) log?.error({ err: error }, 'signing in broke');
      },
    },
    // The page may have been opened under another name than the public one, for example on this machine.
    trustedOrigins: (request) => (request ? sameHostOrigins(request) : []),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    // Our own limiter counts wrong passwords, per account too, and says how long to wait.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'winesap',
      // Set explicitly, because the library disables it under test.
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      database: { validateSchema: false },
    },
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { role: { type: ['owner', 'admin', 'viewer'], required: true, input: false } },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      // Two weeks from sign-in, without extension, so that checking a session stays a read.
      expiresIn: 14 * DAY_S,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      apiKey({
        defaultPrefix: 'winesap_',
        startingCharactersConfig: { shouldStore: true, charactersLength: 14 },
        maximumNameLength: 120,
        keyExpiration: { defaultExpiresIn: KEY_DAYS * DAY_S, minExpiresIn: 0, maxExpiresIn: 3650 },
        rateLimit: { enabled: false },
        schema: {
          apikey: {
            modelName: 'auth_api_key',
            fields: {
              configId: 'config_id',
              referenceId: 'reference_id',
              refillInterval: 'refill_interval',
              refillAmount: 'refill_amount',
              lastRefillAt: 'last_refill_at',
              rateLimitEnabled: 'rate_limit_enabled',
              rateLimitTimeWindow: 'rate_limit_time_window',
              rateLimitMax: 'rate_limit_max',
              requestCount: 'request_count',
              lastRequest: 'last_request',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
              updatedAt: 'updated_at',
            },
          },
        },
      }),
    ],
  });
}

function sameHostOrigins(request: Request): string[] {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  return [`http://${host}`, `https://${host}`];
}
