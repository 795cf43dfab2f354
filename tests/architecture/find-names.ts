import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

/**
 * Returns where a file uses one of the runtime's global names (`process`, `fetch`), including through `globalThis` and
 * Node's module with that name. A property with the same name does not count.
 */
export function usesOfGlobal(file: SourceFile, name: string): string[] {
  const places: string[] = [];
  walk(parse(file), (node, parent) => {
    if (node.type === 'ImportDeclaration' && [name, `node:${name}`].includes(node.source.value))
      places.push(placeOf(file, node));
    if (node.type !== 'Identifier' || node.name !== name) return;
    if (parent === null || !isPropertyName(node, parent) || isOfGlobalThis(parent)) places.push(placeOf(file, node));
  });
  return [...new Set(places)];
}

type Node = Parameters<Parameters<typeof walk>[1]>[0];

function isPropertyName(node: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed;
    case 'Property':
      return parent.key === node && !parent.computed && !parent.shorthand;
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.key === node && !parent.computed;
    default:
      return false;
  }
}

function isOfGlobalThis(parent: Node): boolean {
  return (
    parent.type === 'MemberExpression' && parent.object.type === 'Identifier' && parent.object.name === 'globalThis'
  );
}
