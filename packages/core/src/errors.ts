/**
 * Every refusal in Winesap, by its stable code, grouped by subject. Programs decide on the code; the texts for people
 * are in the server, in `http/<subject>/refusals.ts`.
 */
const CODES = {
  everywhere: [
    'apple.busy',
    'apple.away',
    'apple.no-answer',
    'apple.unreadable',
    'apple.refused',
    'apple.unclear',
    'apple.other-location',
    'cursor.invalid',
    'database.away',
  ],
  organizations: [
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
    'setup.done',
    'setup.wrong-code',
    'person.exists',
    'person.not-found',
    'person.last-owner',
    'key.not-found',
  ],
  locations: ['location.held', 'location.not-found'],
  licenses: ['asset.not-found', 'icon.not-found'],
  /** What a file is instead of a content token. */
  files: [
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
  ],
  tokens: [
    'token.not-found',
    'token.locked',
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
    'upload.other-location',
    'upload.same-file',
    'upload.older-file',
    'calendar-feed.not-found',
    'batch.not-found',
    'batch.ended',
    'batch.full',
    'batch.file-not-found',
    'batch.file-used',
    'batch.file-locked',
    'batch.same-location',
    'batch.nothing-confirmed',
  ],
  scans: ['scan.token-dead', 'scan.not-found'],
  operations: [
    'release.watched',
    'release.not-managed',
    'release.token-dead',
    'release.not-revocable',
    'release.not-held',
    'release.confirm-differs',
    'release.not-found',
  ],
  notifications: ['notification.not-found', 'notifications.not-set'],
  alerts: [
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
  ],
  installation: ['event.not-found'],
} as const;

export type CodeSubject = keyof typeof CODES;
export type CodeOf<Subject extends CodeSubject> = (typeof CODES)[Subject][number];
export type ErrorCode = CodeOf<CodeSubject>;

export const ERROR_CODES: readonly ErrorCode[] = Object.values(CODES).flat();

/** A refusal with the facts behind it. Never contains a token, a password, or an email address. */
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
