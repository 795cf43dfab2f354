import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

/** Where a file asks for the time or for chance by itself, so that nobody could test what follows from it. */
export function clockReads(file: SourceFile): string[] {
  const places: string[] = [];
  walk(parse(file), (node) => {
    if (node.type === 'NewExpression' || node.type === 'CallExpression') {
      const isDate = node.callee.type === 'Identifier' && node.callee.name === 'Date';
      if (isDate && node.arguments.length === 0) places.push(placeOf(file, node));
    }
    if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return;
    const name = node.property.type === 'Identifier' ? `${node.object.name}.${node.property.name}` : '';
    if (name === 'Date.now' || name === 'Math.random') places.push(placeOf(file, node));
  });
  return places;
}
