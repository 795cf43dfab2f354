import type { Node } from 'oxc-parser';
import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

const RUNNERS = new Set(['test', 'it', 'describe', 'suite']);
const LEAVING_OUT = new Set(['skip', 'only', 'todo', 'skipIf', 'runIf', 'fails']);
const OLD_NAMES = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

/** Returns where a file skips tests, runs some alone, or expects them to fail. */
export function testsLeftOut(file: SourceFile): string[] {
  const places = new Set<string>();
  walk(parse(file), (node, parent) => {
    if (isLeavingOut(node, parent)) places.add(placeOf(file, node));
  });
  return [...places];
}

/** Whether a file contains no expectation at all. */
export function testsWithoutClaim(file: SourceFile): boolean {
  let claims = 0;
  walk(parse(file), (node) => {
    if (node.type === 'CallExpression' && /^(expect|assert)/.test(nameAtRoot(node.callee))) claims += 1;
  });
  return claims === 0;
}

function isLeavingOut(node: Node, parent: Node | null): boolean {
  switch (node.type) {
    case 'MemberExpression': {
      if (node.property.type !== 'Identifier' || !LEAVING_OUT.has(node.property.name)) return false;
      const root = nameAtRoot(node);
      return (
        RUNNERS.has(root) || (node.property.name === 'skip' && parent?.type === 'CallExpression' && root === 'context')
      );
    }
    case 'Identifier':
      return OLD_NAMES.has(node.name) && parent?.type === 'CallExpression' && parent.callee === node;
    case 'CallExpression':
      return (
        (node.callee.type === 'Identifier' && node.callee.name === 'skip') ||
        (RUNNERS.has(nameAtRoot(node.callee)) && node.arguments.some(isLeavingOutOption))
      );
    default:
      return false;
  }
}

function isLeavingOutOption(argument: Node): boolean {
  if (argument.type !== 'ObjectExpression') return false;
  return argument.properties.some(
    (one) => one.type === 'Property' && one.key.type === 'Identifier' && LEAVING_OUT.has(one.key.name),
  );
}

/** `test` of `test.concurrent.only`. */
function nameAtRoot(node: Node): string {
  if (node.type === 'MemberExpression') return nameAtRoot(node.object);
  if (node.type === 'CallExpression') return nameAtRoot(node.callee);
  return node.type === 'Identifier' ? node.name : '';
}
