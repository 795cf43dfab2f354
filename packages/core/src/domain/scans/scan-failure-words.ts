import type { AppleFailure } from '../apple-failure.ts';

const KEPT = 'Nothing was changed; the last good reading is kept.';

/** Explains why a scan ended without a result, from its failure code and Apple's answer, if any. */
export function scanFailureWords(code: string, failure: AppleFailure | null): string {
  switch (code) {
    case 'scan.refused':
      return `${failure === null ? 'Apple refused or did not answer.' : cause(failure)} ${KEPT}`;
    case 'scan.superseded':
      return 'The token was renewed meanwhile; a new scan took its place.';
    case 'scan.token-removed':
      return 'The token was removed meanwhile.';
    default:
      return `Something broke inside Winesap; the log of the server says what. ${KEPT}`;
  }
}

function cause(failure: AppleFailure): string {
  switch (failure.kind) {
    case 'refused':
      if (failure.httpStatus === 429 || failure.errorNumber === 9646) return 'Apple kept asking Winesap to slow down.';
      if (failure.httpStatus === 503 || failure.errorNumber === 9729) return 'Apple’s service was away.';
      return `Apple refused${failure.errorNumber === null ? '' : ` (${failure.errorNumber})`}.`;
    case 'no-answer':
      return failure.reason === 'moved'
        ? 'Licenses kept changing hands at Apple while they were read.'
        : 'Apple could not be reached.';
    case 'unreadable':
      return 'Something on the way, or Apple itself, sent answers that cannot be read.';
    case 'other-location':
      return `Apple answered about location ${failure.found} instead of ${failure.expected}.`;
    case 'not-asked':
      return 'The stored token could not be opened, so Apple was not asked.';
  }
}
