import type { Fields } from '../read/fields.ts';
import type { Unread } from '../read/trailer.ts';

/**
 * What only the first generation of the API tells about a token's owner. Best effort: Apple keeps it in maintenance and
 * does not support mixing the generations officially, so where the two differ `clientConfig()` rules.
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
  /** Null for tokens of the time before locations. */
  readonly location: { readonly locationId: string | null; readonly locationName: string | null } | null;
  /** Who claimed the location with the first generation; after any use of v2 a fixed note that says so. */
  readonly clientContext: string | null;
  /** The earlier of the token's and the account password's expiry. */
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
