import { type Node, type Program, parseSync } from 'oxc-parser';
import type { SourceFile } from './source.ts';

/** Returns the syntax tree of a file. A file that does not parse fails the check instead of being skipped. */
export function parse({ path, text }: SourceFile): Program {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  return program;
}

/** Visits every node below, each with its parent. */
export function walk(node: Node, visit: (node: Node, parent: Node | null) => void, parent: Node | null = null): void {
  visit(node, parent);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, node);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** `packages/core/src/errors.ts:12`, for a message that an editor can open. */
export function placeOf({ path, text }: SourceFile, node: { start: number }): string {
  return `${path}:${text.slice(0, node.start).split('\n').length}`;
}
