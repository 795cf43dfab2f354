/**
 * Every refusal Winesap knows, by its stable code. Programs decide on the code; the words for people stand in one
 * place, at the HTTP edge.
 */
export const ERROR_CODES = [
  'token-file.empty',
  'token-file.too-big',
  'token-file.not-base64',
  'token-file.not-json',
  'token-file.no-token',
  'token-file.inner-token',
  'token-file.enrollment-token',
  'token-file.html',
  'token-file.configuration-profile',
  'token-file.certificate',
  'token-file.expired',
  'token-file.revoked',
  'token-file.not-accepted',
  'token-file.not-permitted',
  'token-file.location-missing',
  'token-file.location-unclear',
  'apple.busy',
  'apple.away',
  'apple.no-answer',
  'apple.unreadable',
  'apple.refused',
  'apple.unclear',
  'apple.other-location',
  'token.not-found',
  'token.locked',
  'policy.not-found',
  'policy.exists',
  'policy.holds-token',
  'policy.inherits-token',
  'policy.has-children',
  'policy.is-last',
  'organization.not-found',
  'organization.exists',
  'organization.holds-tokens',
  'inheritance.child-holds-token',
  'inheritance.no-token',
  'location.held',
  'location.not-found',
  'asset.not-found',
  'claim.held',
  'claim.changed',
  'preview.stale',
  'renewal.location-mismatch',
  'renewal.same-file',
  'renewal.older-file',
  'removal.name-differs',
  'upload-link.not-valid',
  'upload-link.used',
  'upload-link.not-found',
  'upload.not-found',
  'upload.settled',
  'upload.locked',
  'release.watched',
  'release.not-managed',
  'release.token-dead',
  'release.not-revocable',
  'release.not-held',
  'release.confirm-differs',
  'release.not-found',
  'scan.token-dead',
  'scan.not-found',
  'event.not-found',
  'icon.not-found',
  'calendar-feed.not-found',
  'notification.not-found',
  'notifications.not-set',
  'channel.not-found',
  'channel.other-kind',
  'channel.secret-needed',
  'channel.not-signed',
  'channel.sealed',
  'channel.template-invalid',
  'channel.header-refused',
  'channel.private-target',
  'rule.not-found',
  'alert.not-found',
  'setup.done',
  'setup.wrong-code',
  'person.exists',
  'person.not-found',
  'person.last-owner',
  'key.not-found',
  'cursor.invalid',
  'database.away',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** A refusal with the facts behind it. Never carries a token, a password or a mail address. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(code: ErrorCode, data: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
    this.data = data;
  }
}
