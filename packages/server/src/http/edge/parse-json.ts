import { Refusal } from '../refusals/refusal.ts';

/** Nothing that Winesap accepts nests deeper than five levels. */
const DEEPEST = 32;

/**
 * Parses a body. Checks the depth first, because deep nesting is expensive to parse or to serialize again. Refuses
 * U+0000 and unpaired surrogates in all texts at once, because databases can't store them.
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

/** Errors: `request.invalid`, with the path. */
function refuseUnstorableText(text: string, where: string): void {
  if (text.includes('\0')) throw new Refusal('request.invalid', { problems: [`${where}: contains U+0000.`] });
  if (!text.isWellFormed())
    throw new Refusal('request.invalid', { problems: [`${where}: contains half of a character.`] });
}
