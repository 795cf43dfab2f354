/** What is wrong with the content token itself, when an error says so. */
export type TokenProblem = 'expired' | 'revoked' | 'invalid' | 'not-permitted';

const BY_NUMBER: Readonly<Record<number, TokenProblem | null>> = {
  9621: 'expired',
  9625: 'revoked',
  9622: 'invalid',
  9722: 'invalid',
  9637: 'not-permitted',
  9647: 'not-permitted',
  // About terms somebody must accept, whatever the status it comes with.
  9642: null,
};

/** The catalog's own numbers start here; its 403 comes now and then with good tokens too (observed). */
const CATALOG_NUMBERS = 40_000;

/**
 * Whether a refusal is about the token. Numbers decide; an unknown number with 403 counts as not permitted.
 * 9601 is deliberately none of them: it is also a plausible symptom of terms nobody accepted and of locked accounts.
 * Source: fact table of error numbers (documented), 9622 (observed), 403 with an unknown number (assumed).
 */
export function tokenProblem(httpStatus: number, errorNumber: number): TokenProblem | null {
  if (errorNumber >= CATALOG_NUMBERS) return null;
  const known = BY_NUMBER[errorNumber];
  if (known !== undefined) return known;
  return httpStatus === 403 ? 'not-permitted' : null;
}
