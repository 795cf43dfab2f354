import type { Node } from 'oxc-parser';
import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

const SETTERS = new Set(['status', 'code', 'writeHead']);
const STATUS_KEYS = new Set(['status', 'statusCode']);
const TEXT_KEYS = new Set(['title', 'detail', 'reason']);

/** Returns where a file chooses the status of a refusal: `reply.status(404)`, `{ status: 404 }`. */
export function statusesSet(file: SourceFile): string[] {
  return placesOf(file, (node) => {
    if (node.type === 'CallExpression')
      return (
        node.callee.type === 'MemberExpression' &&
        node.callee.property.type === 'Identifier' &&
        SETTERS.has(node.callee.property.name) &&
        node.arguments.some(isRefusalStatus)
      );
    return node.type === 'Property' && STATUS_KEYS.has(keyOf(node)) && isRefusalStatus(node.value);
  });
}

/** Returns where a file writes a refusal's text: a sentence as title, detail, or reason. */
export function refusalsWorded(file: SourceFile): string[] {
  return placesOf(file, (node) => node.type === 'Property' && TEXT_KEYS.has(keyOf(node)) && isSentence(node.value));
}

function placesOf(file: SourceFile, matches: (node: Node) => boolean): string[] {
  const places: string[] = [];
  walk(parse(file), (node) => {
    if (matches(node)) places.push(placeOf(file, node));
  });
  return places;
}

function keyOf({ key }: Extract<Node, { type: 'Property' }>): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}

function isRefusalStatus(node: Node): boolean {
  return node.type === 'Literal' && typeof node.value === 'number' && node.value >= 400 && node.value <= 599;
}

/** Text with spaces; codes and names have none. */
function isSentence(node: Node): boolean {
  if (node.type === 'Literal') return typeof node.value === 'string' && node.value.trim().includes(' ');
  return node.type === 'TemplateLiteral' && node.quasis.some(({ value }) => /\w | \w/.test(value.raw));
}
