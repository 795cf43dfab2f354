import type { Fields } from '../read/fields.ts';
import { type MdmInfo, type Open, readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

export type NotificationTypeName = Open<
  | 'ASSET_COUNT'
  | 'ASSET_MANAGEMENT'
  | 'USER_MANAGEMENT'
  | 'USER_ASSOCIATED'
  | 'SUBSCRIPTION_MANAGEMENT'
  | 'SUBSCRIPTION_COUNT'
  | 'UNLIMITED_ASSET'
  | 'TEST_NOTIFICATION'
>;

/**
 * A location as its token shows it. Except for the trailer, everything is null if the answer leaves it out, as the
 * answer to a write does.
 * Source: clientconfigresponse (documented); `apnToken` and unknown properties end up in `other` (observed).
 */
export interface ClientConfig extends Trailer, Unread {
  /** ISO 3166 alpha-2, uppercase: `US`. */
  readonly countryISO2ACode: string | null;
  /** Pass it on to `lookup`: `volumestore` for schools, `enterprisestore` for businesses. */
  readonly defaultPlatform: Open<'enterprisestore' | 'volumestore'> | null;
  /** The current name. It can be changed in the portal and is not unique. */
  readonly locationName: string | null;
  /** `https://school.apple.com` or `https://business.apple.com`. */
  readonly websiteURL: string | null;
  readonly notificationUrl: string | null;
  /** The secret that Apple sends with notifications, in clear text. Never log it. */
  readonly notificationAuthToken: string | null;
  readonly subscribedNotificationTypes: readonly NotificationTypeName[];
}

/**
 * The wanted configuration of a location. Whether properties that are left out keep their value is unknown, so send the
 * complete configuration each time. `notificationUrl` and `notificationAuthToken` go together.
 */
export interface ClientConfigRequest {
  /**
   * The claim. All three are needed together, else 9723. How to clear it is unknown; null is our best guess (assumed).
   */
  readonly mdmInfo?: MdmInfo | null;
  /**
   * https, host, and path only. Apple calls it immediately and refuses the whole request if it does not answer (9728).
   */
  readonly notificationUrl?: string;
  readonly notificationAuthToken?: string;
  /** The complete wanted set. Replaces the previous one. */
  readonly notificationTypes?: readonly NotificationTypeName[];
}

export function readClientConfig(answer: Fields): ClientConfig {
  return {
    ...readTrailer(answer),
    countryISO2ACode: answer.text('countryISO2ACode'),
    defaultPlatform: answer.text('defaultPlatform'),
    locationName: answer.text('locationName'),
    websiteURL: answer.text('websiteURL'),
    notificationUrl: answer.text('notificationUrl'),
    notificationAuthToken: answer.text('notificationAuthToken'),
    subscribedNotificationTypes: answer.texts('subscribedNotificationTypes'),
    ...answer.rest(),
  };
}
