import type { Fields } from '../read/fields.ts';
import type { Unread } from '../read/trailer.ts';

/**
 * What only the first generation of the API reveals about a token's owner. Best effort: Apple keeps that generation in
 * maintenance and does not officially support mixing the two, so where they differ, `clientConfig()` wins.
 * Source: client-configuration (documented, editions 2013-2025).
 */
export interface LegacyClientConfig extends Unread {
  readonly uId: string | null;
  /** The account that downloaded the token. */
  readonly appleId: string | null;
  readonly email: string | null;
  /** Digits; a number in samples, a string in the schema. */
  readonly organizationId: string | null;
  /** 64 hexadecimal characters. */
  readonly organizationIdHash: string | null;
  readonly countryCode: string | null;
  /** Null for tokens that predate locations. */
  readonly location: { readonly locationId: string | null; readonly locationName: string | null } | null;
  /** Who claimed the location through the first generation. After any use of v2, a fixed note that says so. */
  readonly clientContext: string | null;
  /** The earlier of two expiry dates: the token's and the account password's. */
  readonly expiresAt: Date | null;
  readonly tokenExpDate: Date | null;
}

export function readLegacyClientConfig(answer: Fields): LegacyClientConfig {
  answer.count('status');
  const millis = answer.count('expirationMillis');
  return {
    uId: answer.text('uId'),
    appleId: answer.text('appleId'),
    email: answer.text('email'),
    organizationId: answer.text('organizationId'),
    organizationIdHash: answer.text('organizationIdHash'),
    countryCode: answer.text('countryCode'),
    location: answer.child('location', (location) => ({
      locationId: location.text('locationId'),
      locationName: location.text('locationName'),
    })),
    clientContext: answer.text('clientContext'),
    expiresAt: millis === null || Number.isNaN(new Date(millis).getTime()) ? null : new Date(millis),
    tokenExpDate: answer.instant('tokenExpDate'),
    ...answer.rest(),
  };
}
