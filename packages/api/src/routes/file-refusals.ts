/** Refusals of a file before Apple is asked, and of Apple's answer about it. */
export const FILE_REFUSALS = [
  'request.form',
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
] as const;

export const RENEWAL_REFUSALS = ['renewal.location-mismatch', 'renewal.same-file', 'renewal.older-file'] as const;
