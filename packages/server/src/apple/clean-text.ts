/** Longer than any name or message that Apple documents. */
const LONGEST = 500;
/**
 * Control characters, line and paragraph separators, and the marks that turn the direction of everything behind them. A
 * database, a log line, or a table on the screen breaks on them.
 */
const UNWANTED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const ALL_UNWANTED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A text from Apple as Winesap keeps it: line breaks and tabs are spaces, other control characters are gone, half of a
 * surrogate pair is the replacement character, and its length is bounded. Clean a text once, where it enters.
 */
export function cleanText(text: string, longest = LONGEST): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  const clean = UNWANTED.test(whole) ? whole.replace(SPACES, ' ').replace(ALL_UNWANTED, '') : whole;
  // Not between the two halves of a character.
  return clean.length <= longest ? clean : clean.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** The same, where Apple may have said nothing; what is empty after cleaning was nothing. */
export function cleanOrNull(text: string | null | undefined, longest = LONGEST): string | null {
  if (text === null || text === undefined) return null;
  const clean = cleanText(text, longest);
  return clean.trim() === '' ? null : clean;
}
