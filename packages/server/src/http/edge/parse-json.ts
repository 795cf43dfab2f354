import { Refusal } from '../refusals/refusal.ts';

/** Nothing that is sent to Winesap nests deeper than five. */
const DEEPEST = 32;

/**
 * Parses a body. Its depth is known before it is parsed: what nests ten thousand deep would cost more to parse, or to
 * write down again, than it is worth. U+0000 and half characters are refused for every text in it at once, because no
 * database keeps them.
 * Errors: `request.too-deep`, `request.invalid`, and what `parse` throws.
 */
export function parseJson(text: string, parse: (text: string) => unknown): unknown {
  if (nestsDeeperThan(DEEPEST, text)) throw new Refusal('request.too-deep', { deepest: DEEPEST });
  const value = parse(text);
  refuseUnstorable(value, []);
  return value;
}

function nestsDeeperThan(deepest: number, text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (inText) {
      if (letter === '\\') at += 1;
      else if (letter === '"') inText = false;
    } else if (letter === '"') inText = true;
    else if (letter === '[' || letter === '{') {
      depth += 1;
      if (depth > deepest) return true;
    } else if (letter === ']' || letter === '}') depth -= 1;
  }
  return false;
}

function refuseUnstorable(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string') refuseUnstorableText(value, path.join('.') || 'the body');
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) refuseUnstorable(item, [...path, String(index)]);
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) {
      refuseUnstorableText(name, 'the name of a property');
      refuseUnstorable(item, [...path, name]);
    }
}

/** Errors: `request.invalid`, naming where. */
function refuseUnstorableText(text: string, where: string): void {
  if (text.includes('\0')) throw new Refusal('request.invalid', { problems: [`${where}: contains U+0000.`] });
  if (!text.isWellFormed())
    throw new Refusal('request.invalid', { problems: [`${where}: contains half of a character.`] });
}
