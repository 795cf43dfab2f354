/** Replaces secrets in a text before it is shown or logged. */
export type Scrub = (text: string) => string;

const SHOWN = '[secret]';
/**
 * Base64 and signed tokens, also escaped for JSON or a URL. No reader needs anything that long from Apple's answers.
 */
const LONG_RUN = /[A-Za-z0-9+/=_.\\%-]{60,}/g;
const SECRET_PROPERTY = /"(sToken|token|notificationAuthToken)"\s*:\s*"[^"]*"?/g;
/** Fragments of a secret from this length on are removed as well, because a body can break off in the middle of it. */
const PIECE = 12;

/**
 * Creates a scrubber for the given secrets. It removes each of them, any fragment of 12 characters or more, the values
 * of properties known to be secret, and any run of 60 characters that looks like Base64.
 */
export function createScrub(secrets: readonly string[]): Scrub {
  const pieces = new Set<string>();
  for (const secret of secrets) {
    for (let at = 0; at + PIECE <= secret.length; at++) pieces.add(secret.slice(at, at + PIECE));
  }
  const short = secrets.filter((secret) => secret.length > 0 && secret.length < PIECE);
  return (text) => {
    let clean = withoutPieces(text, pieces);
    for (const secret of short) clean = clean.replaceAll(secret, SHOWN);
    return clean.replace(SECRET_PROPERTY, `"$1":"${SHOWN}"`).replace(LONG_RUN, SHOWN);
  };
}

function withoutPieces(text: string, pieces: ReadonlySet<string>): string {
  if (pieces.size === 0) return text;
  let clean = '';
  let at = 0;
  while (at < text.length) {
    if (!pieces.has(text.slice(at, at + PIECE))) {
      clean += text[at];
      at += 1;
      continue;
    }
    let end = at + PIECE;
    while (end < text.length && pieces.has(text.slice(end - PIECE + 1, end + 1))) end += 1;
    clean += SHOWN;
    at = end;
  }
  return clean;
}

/** Returns the secrets inside a content token: the text itself and, if readable, the inner token of its JSON. */
export function secretsOf(contentToken: string): string[] {
  try {
    const inner: unknown = JSON.parse(atob(contentToken));
    if (typeof inner === 'object' && inner !== null && 'token' in inner && typeof inner.token === 'string') {
      return [contentToken, inner.token];
    }
  } catch {
    // Not readable as a token file: Apple will refuse it, but the whole text is still a secret.
  }
  return [contentToken];
}
