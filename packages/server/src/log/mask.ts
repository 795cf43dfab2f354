const MAIL_ADDRESS = /[^\s"'<>@\\,;:()[\]{}/]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/g;
const LONG_RUN = /[A-Za-z0-9+/_-]{40,}={0,2}/g;

/**
 * Replaces what looks like an email address or a token in a finished log line. It is a last resort, not a substitute
 * for the rule that neither is ever logged.
 */
export function mask(line: string): string {
  return line.replace(LONG_RUN, (run) => (looksRandom(run) ? '[token]' : run)).replace(MAIL_ADDRESS, '[mail]');
}

// Paths and long names consist mostly of lowercase letters; about half of a Base64 text is uppercase letters and
// digits.
function looksRandom(run: string): boolean {
  const odd = run.replace(/[^A-Z0-9+]/g, '').length;
  return odd / run.length > 0.25;
}
