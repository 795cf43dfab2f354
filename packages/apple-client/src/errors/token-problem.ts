/** What is wrong with the content token itself, if an error says so. */
export type TokenProblem = 'expired' | 'revoked' | 'invalid' | 'not-permitted';

const BY_NUMBER: Readonly<Record<number, TokenProblem | null>> = {
  9621: 'expired',
  9625: 'revoked',
  9622: 'invalid',
  9722: 'invalid',
  9637: 'not-permitted',
  9647: 'not-permitted',
  // About terms that a person must accept, with any status.
  9642: null,
};

/** The catalog's own numbers start here. Its 403 also occurs now and then with good tokens (observed). */
const CATALOG_NUMBERS = 40_000;

/**
 * Whether a refusal is about the token. The number decides; an unknown number with 403 counts as not permitted. 9601 is
 * deliberately not among them: terms that nobody accepted and locked accounts can cause it, too.
 * Source: fact table of error numbers (documented), 9622 (observed), 403 with an unknown number (assumed).
 */
export function tokenProblem(httpStatus: number, errorNumber: number): TokenProblem | null {
  if (errorNumber >= CATALOG_NUMBERS) return null;
  const known = BY_NUMBER[errorNumber];
  if (known !== undefined) return known;
  return httpStatus === 403 ? 'not-permitted' : null;
}
