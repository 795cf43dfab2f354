import type { Message } from '@winesap/core';

export interface TemplateProblem {
  problem: string;
  /** Both count from 1. */
  line: number;
  column: number;
}

/** Fills the template with a message. Returns JSON text. */
export type Fill = (message: Message) => string;

type Value = string | number | null | readonly unknown[];

const VALUES: Readonly<Record<string, (message: Message) => Value>> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  title: ({ title }) => title,
  text: ({ text }) => text,
  createdAt: ({ createdAt }) => createdAt,
  total: ({ total }) => total,
  link: ({ link }) => link,
  alerts: ({ alerts }) => alerts,
  tokenId: ({ alerts }) => alerts[0]?.tokenId ?? null,
  organizationId: ({ alerts }) => alerts[0]?.organizationId ?? null,
  organizationName: ({ alerts }) => alerts[0]?.organizationName ?? null,
  locationName: ({ alerts }) => alerts[0]?.locationName ?? null,
};

/** Far more than any receiver wants. */
const DEPTH_AT_MOST = 64;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * A template is JSON whose texts contain placeholders such as `{{title}}`. A text that consists of one placeholder
 * becomes the value itself, even a number or a list; within other text it becomes a string. Values are inserted after
 * the JSON was parsed, so no value can break out of its text.
 */
export function compileTemplate(template: string): { fill: Fill } | TemplateProblem {
  const bad = depthProblem(template) ?? placeholderProblem(template);
  if (bad !== null) return bad;
  let tree: unknown;
  try {
    tree = JSON.parse(template);
  } catch (error) {
    return syntaxProblem(template, error as Error);
  }
  if (typeof tree !== 'object' || tree === null)
    return { problem: 'A template is an object or a list, in braces or brackets.', line: 1, column: 1 };
  return { fill: (message) => JSON.stringify(filled(tree, message)) };
}

function filled(node: unknown, message: Message): unknown {
  if (typeof node === 'string') return filledText(node, message);
  if (Array.isArray(node)) return node.map((one) => filled(one, message));
  if (typeof node === 'object' && node !== null)
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [String(filledText(key, message, true)), filled(value, message)]),
    );
  return node;
}

function filledText(text: string, message: Message, asText = false): unknown {
  const whole = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(text)?.[1];
  if (whole !== undefined && !asText) return VALUES[whole]?.(message) ?? null;
  return text.replace(PLACEHOLDER, (_, name: string) => {
    const value = VALUES[name]?.(message) ?? '';
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

/** Receivers of deeper JSON, including Winesap, may run out of stack: better refused now than at the first delivery. */
function depthProblem(template: string): TemplateProblem | null {
  let depth = 0;
  let within = false;
  for (let at = 0; at < template.length; at += 1) {
    const letter = template.charAt(at);
    if (within && letter === '\\') at += 1;
    else if (letter === '"') within = !within;
    else if (!within && (letter === '{' || letter === '[')) depth += 1;
    else if (!within && (letter === '}' || letter === ']')) depth -= 1;
    if (depth > DEPTH_AT_MOST) return placeOf(template, at, `Nested more than ${DEPTH_AT_MOST} levels deep.`);
  }
  return null;
}

function placeholderProblem(template: string): TemplateProblem | null {
  let at = template.indexOf('{{');
  while (at !== -1) {
    PLACEHOLDER.lastIndex = at;
    const found = PLACEHOLDER.exec(template);
    if (found === null || found.index !== at)
      // Two braces can also open two objects; then the JSON itself decides.
      return isWithinText(template, at) ? placeOf(template, at, 'A placeholder begins here and does not end.') : null;
    const [whole, name = ''] = found;
    if (!Object.hasOwn(VALUES, name))
      return placeOf(template, at, `There is no placeholder “${name}”. Known are: ${Object.keys(VALUES).join(', ')}.`);
    if (!isWithinText(template, at))
      return placeOf(template, at, `A placeholder stands in quotes: "{{${name}}}". It becomes the value itself.`);
    at = template.indexOf('{{', at + whole.length);
  }
  return null;
}

function isWithinText(json: string, position: number): boolean {
  let within = false;
  for (let at = 0; at < position; at += 1) {
    if (within && json[at] === '\\') at += 1;
    else if (json[at] === '"') within = !within;
  }
  return within;
}

function syntaxProblem(template: string, error: Error): TemplateProblem {
  const position = /position (\d+)/.exec(error.message)?.[1];
  const at = position === undefined ? template.length : Number(position);
  return placeOf(template, at, 'From here on it is no JSON: a comma, quote or bracket is missing or too many.');
}

function placeOf(template: string, position: number, problem: string): TemplateProblem {
  const before = template.slice(0, position).split('\n');
  return { problem, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
