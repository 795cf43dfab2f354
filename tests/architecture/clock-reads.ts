import type { SourceFile } from './source.ts';
import { parse, placeOf, walk } from './syntax.ts';

/** Returns where a file reads the time or randomness itself, which can't be tested. */
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
