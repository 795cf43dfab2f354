import { AppleFailureError } from '../../domain/apple-failure.ts';

/** Apple no longer knows the version to continue from. */
const UNKNOWN_VERSION = 9721;

export function isUnknownVersion(error: unknown): boolean {
  if (!(error instanceof AppleFailureError)) return false;
  return error.failure.kind === 'refused' && error.failure.errorNumber === UNKNOWN_VERSION;
}
