/** Longer than any name or message that Apple documents. */
const LONGEST = 500;
/**
 * Control characters, line and paragraph separators, and marks that change the text direction. They break databases,
 * log lines, and tables on screen.
 */
const UNWANTED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const ALL_UNWANTED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Cleans a text from Apple: line breaks and tabs become spaces, other control characters are removed, an unpaired
 * surrogate becomes the replacement character, and the length is limited. Clean a text once, where it enters.
 */
export function cleanText(text: string, longest = LONGEST): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  const clean = UNWANTED.test(whole) ? whole.replace(SPACES, ' ').replace(ALL_UNWANTED, '') : whole;
  // Not between the two halves of a character.
  return clean.length <= longest ? clean : clean.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** The same for optional texts. Returns null if nothing is left. */
export function cleanOrNull(text: string | null | undefined, longest = LONGEST): string | null {
  if (text === null || text === undefined) return null;
  const clean = cleanText(text, longest);
  return clean.trim() === '' ? null : clean;
}
