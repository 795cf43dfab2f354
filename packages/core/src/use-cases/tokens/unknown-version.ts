import { AppleFailureError } from '../../domain/apple-failure.ts';

/** Apple does not know the version any more that we would go on from. */
const UNKNOWN_VERSION = 9721;

export function isUnknownVersion(error: unknown): boolean {
  if (!(error instanceof AppleFailureError)) return false;
  return error.failure.kind === 'refused' && error.failure.errorNumber === UNKNOWN_VERSION;
}
