import type { Fields } from '../read/fields.ts';
import type { Unread } from '../read/trailer.ts';

/**
 * Apple's current limits, addresses, and error texts. All three are open sets that change without notice. They are
 * valid for five minutes; do not store them.
 * Source: service-config (documented, edition of 2026-08-18).
 */
export interface ServiceConfig extends Unread {
  /** By Apple's names: `maxAssets`, `maxSerialNumbers`, `maxRequestPerSecond` … */
  readonly limits: Readonly<Record<string, number>>;
  /** By Apple's names: `contentMetadataLookup`, `invitationEmail` … */
  readonly urls: Readonly<Record<string, string>>;
  readonly notificationTypes: readonly string[];
  readonly errorCodes: readonly { readonly errorNumber: number; readonly errorMessage: string }[];
}

export function readServiceConfig(answer: Fields): ServiceConfig {
  return {
    limits: answer.map('limits', (value) => typeof value === 'number'),
    urls: answer.map('urls', (value) => typeof value === 'string'),
    notificationTypes: answer.texts('notificationTypes'),
    errorCodes: answer.rows('errorCodes', (row) => ({
      errorNumber: row.count('errorNumber') ?? 0,
      errorMessage: row.text('errorMessage') ?? '',
    })),
    ...answer.rest(),
  };
}
