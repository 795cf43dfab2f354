// Names come from Apple, from other servers' claims, and from people. They must not move the cursor, recolor the
// terminal, or change the text direction, so control characters, escape sequences, and bidirectional overrides are
// removed.
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Returns the text on one line, safe for a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, ' ');
}

/** Returns the same document with every text in it made printable. */
export function printableDeep<T>(document: T): T {
  if (typeof document === 'string') return printable(document) as T;
  if (Array.isArray(document)) return document.map(printableDeep) as T;
  if (document !== null && typeof document === 'object')
    return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, printableDeep(value)])) as T;
  return document;
}

/** Returns JSON for people and programs. Escapes C1 control characters too, which JSON itself does not require. */
export function jsonText(document: unknown, indent: number | undefined = 2): string {
  return JSON.stringify(document, null, indent).replace(
    /[\u007f-\u009f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
