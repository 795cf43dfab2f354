import endpointsJson from '../data/endpoints.json' with { type: 'json' };
import errorTextsJson from '../data/error-texts.json' with { type: 'json' };
import errorsJson from '../data/errors.json' with { type: 'json' };
import limitsJson from '../data/limits.json' with { type: 'json' };
import notificationTypesJson from '../data/notification-types.json' with { type: 'json' };
import rulesJson from '../data/rules.json' with { type: 'json' };
import urlsJson from '../data/urls.json' with { type: 'json' };
import v1BasesJson from '../data/v1-bases.json' with { type: 'json' };
import v1MapJson from '../data/v1-map.json' with { type: 'json' };
import type {
  EndpointEntry,
  ErrorEntry,
  ErrorSurface,
  ErrorTexts,
  LimitEntry,
  NotificationTypeEntry,
  RuleEntry,
  UrlEntry,
  V1BaseEntry,
  V1CallEntry,
} from './entries.ts';

export type * from './entries.ts';
export { examples } from './examples.ts';
export { schemas } from './schemas.ts';

export type EndpointId = keyof typeof endpointsJson;
export type LimitName = keyof typeof limitsJson;
export type RuleName = keyof typeof rulesJson;
export type NotificationType = keyof typeof notificationTypesJson;
export type UrlName = keyof typeof urlsJson;

/** Host of the management API, v1 and v2. */
export const productionHost = 'https://vpp.itunes.apple.com';

/** Every endpoint by our id. Paths are complete (`/mdm/v2/assets`). */
export const endpoints = endpointsJson as Readonly<Record<EndpointId, EndpointEntry>>;

/** Every error number known, by its digits: `errors['9625']`. Numbers not here are possible any day. */
export const errors = errorsJson as Readonly<Record<string, ErrorEntry>>;

/** Apple's own error texts, by where they are read. One number has several, and not every number has one. */
export const errorTexts = errorTextsJson as Readonly<Record<ErrorSurface, ErrorTexts>>;

/** Limits by the names of service config, with the values of Apple's sample. */
export const limits = limitsJson as Readonly<Record<LimitName, LimitEntry>>;

/** Numbers from Apple's prose. */
export const rules = rulesJson as Readonly<Record<RuleName, RuleEntry>>;

/** Notification types by name. */
export const notificationTypes = notificationTypesJson as Readonly<Record<NotificationType, NotificationTypeEntry>>;

/** The `urls` of service config. */
export const urls = urlsJson as Readonly<Record<UrlName, UrlEntry>>;

/** The legacy calls and what replaced them. */
export const v1Calls = v1MapJson as Readonly<Record<string, V1CallEntry>>;

/** What the paths of version 1 begin with: today, in the past, and where clients look that know one base alone. */
export const v1Bases = v1BasesJson as Readonly<Record<keyof typeof v1BasesJson, V1BaseEntry>>;
